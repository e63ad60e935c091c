import type { Language } from '../../shared/protocol/vocabulary.ts';

export type PageKind = 'notFound' | 'failed' | 'notBuilt';

interface PageText {
  readonly title: string;
  readonly text: string;
  /** Label of the link to the first page. */
  readonly home: string;
}

/** The few texts that the server itself shows; everything else is in the client's catalogues. */
export const PAGE_TEXTS: Readonly<Record<PageKind, Readonly<Record<Language, PageText>>>> = {
  notFound: {
    en: { title: 'There is no such page', text: 'The address may be mistyped or out of date. To enter the venue, open your pass link.', home: 'To the first page' },
    fr: { title: 'Cette page n’existe pas', text: 'L’adresse est peut-être erronée ou périmée. Pour entrer, ouvrez le lien de votre laissez-passer.', home: 'Vers la première page' },
    es: { title: 'Esta página no existe', text: 'La dirección puede estar mal escrita o no ser ya válida. Para entrar, abra el enlace de su pase.', home: 'Ir a la primera página' },
    ru: { title: 'Такой страницы нет', text: 'Возможно, адрес введён с ошибкой или устарел. Чтобы войти, откройте ссылку вашего пропуска.', home: 'На первую страницу' },
    zh: { title: '没有这个页面', text: '网址可能有误或已失效。如需进入会场,请打开您的通行证链接。', home: '前往首页' },
    ar: { title: 'هذه الصفحة غير موجودة', text: 'قد يكون العنوان مكتوبًا خطأً أو لم يعد صالحًا. للدخول، افتح رابط تصريحك.', home: 'إلى الصفحة الأولى' },
  },
  failed: {
    en: { title: 'Something went wrong', text: 'The fault is on our side and has been recorded. Please try again in a moment.', home: 'To the first page' },
    fr: { title: 'Une erreur s’est produite', text: 'L’erreur vient de notre côté et a été enregistrée. Veuillez réessayer dans un instant.', home: 'Vers la première page' },
    es: { title: 'Se ha producido un error', text: 'El fallo es nuestro y ha quedado registrado. Vuelva a intentarlo en un momento.', home: 'Ir a la primera página' },
    ru: { title: 'Произошла ошибка', text: 'Ошибка на нашей стороне, она зарегистрирована. Попробуйте ещё раз немного позже.', home: 'На первую страницу' },
    zh: { title: '出现错误', text: '错误出在我们这边,并已记录。请稍后再试。', home: '前往首页' },
    ar: { title: 'حدث خطأ', text: 'الخطأ من جانبنا وقد سُجِّل. يرجى المحاولة مرة أخرى بعد قليل.', home: 'إلى الصفحة الأولى' },
  },
  notBuilt: {
    en: { title: 'The venue has not been built yet', text: 'The server runs, but the pages are missing. Whoever runs it: stop it and use “npm start”, or run “npm run build”.', home: 'Try again' },
    fr: { title: 'Le site n’a pas encore été construit', text: 'Le serveur fonctionne, mais les pages manquent. Pour l’exploitant : lancez « npm start » ou « npm run build ».', home: 'Réessayer' },
    es: { title: 'El sitio aún no se ha construido', text: 'El servidor funciona, pero faltan las páginas. Para quien lo administra: use «npm start» o «npm run build».', home: 'Reintentar' },
    ru: { title: 'Площадка ещё не собрана', text: 'Сервер работает, но страниц нет. Администратору: используйте «npm start» или «npm run build».', home: 'Повторить' },
    zh: { title: '会场尚未构建', text: '服务器正在运行,但页面缺失。管理员请使用“npm start”或运行“npm run build”。', home: '重试' },
    ar: { title: 'لم يُبنَ الموقع بعد', text: 'الخادم يعمل لكن الصفحات مفقودة. على من يشغّله استخدام «npm start» أو «npm run build».', home: 'إعادة المحاولة' },
  },
};
