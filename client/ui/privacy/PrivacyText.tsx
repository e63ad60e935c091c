import { t } from '../i18n.ts';

const SECTIONS = ['public', 'talk', 'sealed', 'unsealed', 'direct', 'know', 'kept', 'others'] as const;

/** What other people and the operator of the server can and cannot see and hear, in plain words. */
export function PrivacyText() {
  return (
    <div class="prose">
      <p class="lead-small">{t('privacy.lead')}</p>
      {SECTIONS.map((section) => (
        <section key={section}>
          <h3 class="group-title">{t(`privacy.${section}.title`)}</h3>
          <p>{t(`privacy.${section}.text`)}</p>
        </section>
      ))}
    </div>
  );
}
