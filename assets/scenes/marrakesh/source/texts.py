"""The words of exhibits, panorama and mosaic in six languages, in the order of names.LANGUAGES: (title, text)."""

EXHIBITS = {
    'zellige': (
        ('Zellige: the cut star', "Zellige begins as a square of clay, fired, glazed and fired again. A craftsman draws the shapes and cuts them with a heavy, sharp-edged hammer, piece by piece. "
         "Another lays the pieces face down, from memory, following the lines of an eight- or sixteen-pointed star; plaster is then poured over their backs. Only when the panel is turned does the pattern appear. "
         "No two pieces have quite the same colour, which is why the surface seems to move in the light."),
        ('Le zellige, étoile taillée', "Le zellige naît d'un carreau d'argile cuit, émaillé, puis cuit de nouveau. L'artisan y trace les formes et les taille une à une avec un lourd marteau au tranchant vif. "
         "Un autre pose les pièces face contre terre, de mémoire, en suivant les lignes d'une étoile à huit ou seize branches ; on coule ensuite le plâtre au dos. Le motif n'apparaît qu'en retournant le panneau. "
         "Aucune pièce n'a tout à fait la couleur de sa voisine : c'est pourquoi la surface semble bouger dans la lumière."),
        ('Zellige, la estrella tallada', "El zellige nace de un cuadrado de arcilla cocido, esmaltado y vuelto a cocer. El artesano dibuja las formas y las corta una a una con un martillo pesado de filo vivo. "
         "Otro coloca las piezas boca abajo, de memoria, siguiendo las líneas de una estrella de ocho o dieciséis puntas; después se vierte yeso sobre el dorso. El dibujo solo aparece al dar la vuelta al panel. "
         "No hay dos piezas del mismo color exacto: por eso la superficie parece moverse con la luz."),
        ('Зеллидж: вырезанная звезда', "Зеллидж начинается с глиняного квадрата, который обжигают, покрывают глазурью и обжигают снова. Мастер размечает фигуры и вырубает их одну за другой тяжёлым молотком с острой кромкой. "
         "Другой мастер по памяти выкладывает кусочки лицом вниз, следуя линиям восьми- или шестнадцатиконечной звезды; затем оборот заливают гипсом. Узор открывается, лишь когда панно переворачивают. "
         "Двух кусочков одного цвета не бывает, поэтому поверхность словно движется на свету."),
        ('泽利日：手工切割的星', "泽利日始于一块方形陶坯：烧制、上釉、再烧。匠人在釉面上画出形状，用一把刃口锋利的重锤逐块敲切。另一位匠人凭记忆把小块正面朝下拼摆，循着八角星或十六角星的线条排列，再在背面浇上石膏。"
         "只有把整块板翻转过来，图案才会显现。每一块的颜色都略有不同，因此整个表面在光线下仿佛在流动。"),
        ('الزليج: النجمة المقطوعة', "يبدأ الزليج بمربع من الطين يُشوى ثم يُطلى بالمينا ويُشوى ثانية. يرسم الصانع الأشكال ويقطعها قطعة قطعة بمطرقة ثقيلة حادة الطرف. ثم يرصّ صانع آخر القطع على وجهها، من ذاكرته، متتبعًا خطوط نجمة "
         "ذات ثمانية رؤوس أو ستة عشر رأسًا، ويُصبّ الجبس على ظهرها. ولا يظهر النقش إلا حين تُقلب اللوحة. ولا تتطابق قطعتان في اللون تمامًا، ولذلك يبدو السطح كأنه يتحرك مع الضوء."),
    ),
    'khettara': (
        ('Khettara: water by gravity', "A khettara is a gently sloping tunnel that leads groundwater from the foot of the hills to the fields, by gravity alone. The row of shafts, seen in this cut, let the diggers work and let their successors clear the channel. "
         "Hundreds once fed the gardens of the Marrakesh plain, and families shared the flow by the hour. Since pumps have lowered the water table many are dry; in the Tafilalet some still run, maintained by those who drink from them."),
        ('La khettara, eau sans pompe', "La khettara est une galerie en pente douce qui conduit l'eau souterraine du pied des collines jusqu'aux champs, par la seule gravité. La file de puits, visible sur cette coupe, servait à creuser puis à curer le canal. "
         "Des centaines de khettaras alimentaient les jardins de la plaine de Marrakech, et les familles se partageaient l'eau à l'heure. Les pompes ayant abaissé la nappe, beaucoup sont à sec ; dans le Tafilalet, certaines coulent encore, entretenues par ceux qui en boivent."),
        ('Khettara: agua por gravedad', "La khettara es una galería de pendiente suave que lleva el agua subterránea desde el pie de las colinas hasta los campos solo por gravedad. La hilera de pozos, visible en este corte, servía para excavar y luego limpiar el canal. "
         "Cientos de ellas regaban los huertos de la llanura de Marrakech, y las familias se repartían el caudal por horas. Las bombas han bajado el nivel freático y muchas están secas; en el Tafilalet algunas aún corren, cuidadas por quienes beben de ellas."),
        ('Хеттара: вода самотёком', "Хеттара — подземная галерея с лёгким уклоном, которая самотёком приводит грунтовые воды от подножия холмов к полям. Ряд колодцев, видный на разрезе, служил землекопам, а потом тем, кто чистил русло. "
         "Когда-то сотни хеттар питали сады Марракешской равнины, и семьи делили воду по часам. С тех пор как насосы понизили уровень грунтовых вод, многие пересохли; в Тафилальте некоторые ещё текут — за ними ухаживают те, кто из них пьёт."),
        ('坎儿：依靠重力的水道', "坎儿（khettara）是一条坡度平缓的地下暗渠，仅凭重力把山麓的地下水引到田间。剖面上那一排竖井，先供挖掘者出入，后来供人清理渠道。马拉喀什平原上的果园曾由数百条坎儿灌溉，各家按小时分享水量。"
         "水泵使地下水位下降之后，许多坎儿已经干涸；而在塔菲拉勒特地区，仍有一些在流淌，由饮用其水的人们共同维护。"),
        ('الخطّارة: ماء بلا مضخّة', "الخطّارة نفق قليل الانحدار يقود المياه الجوفية من سفوح التلال إلى الحقول بقوة الجاذبية وحدها. وصفّ الآبار الظاهر في هذا المقطع كان يخدم الحفّارين، ثم من جاء بعدهم لتنقية المجرى. كانت مئات الخطّارات تسقي بساتين سهل مراكش، "
         "وتتقاسم الأسر ماءها بالساعة. ومنذ أن خفضت المضخات مستوى الفرشة المائية جفّ كثير منها، وما زال بعضها يجري في تافيلالت بعناية من يشربون منه."),
    ),
    'astrolabe': (
        ('Astrolabe: the sky flattened', "An astrolabe is a map of the sky that turns. Invented in antiquity and perfected by scholars writing in Arabic, it was made in Marrakesh, Fez and Meknes for centuries. The pierced disc carries pointers for bright stars; "
         "beneath it lies a plate engraved for one latitude. By sighting the sun or a star along the rule on the back, one could tell the hour, the time of prayer, or the height of a tower. This model is four times the usual size."),
        ("L'astrolabe, ciel mis à plat", "L'astrolabe est une carte du ciel qui tourne. Inventé dans l'Antiquité et perfectionné par des savants de langue arabe, il fut fabriqué pendant des siècles à Marrakech, à Fès et à Meknès. Le disque ajouré porte des index pour les étoiles brillantes ; "
         "dessous se trouve un tympan gravé pour une latitude donnée. En visant le soleil ou une étoile le long de l'alidade, au dos, on trouvait l'heure, le moment de la prière ou la hauteur d'une tour. Ce modèle est quatre fois plus grand que nature."),
        ('Astrolabio: el cielo plano', "El astrolabio es un mapa del cielo que gira. Inventado en la Antigüedad y perfeccionado por sabios de lengua árabe, se fabricó durante siglos en Marrakech, Fez y Mequinez. El disco calado lleva punteros para las estrellas brillantes; "
         "debajo hay una lámina grabada para una sola latitud. Al observar el sol o una estrella con la regla del reverso se conocía la hora, el momento de la oración o la altura de una torre. Este modelo es cuatro veces mayor que los habituales."),
        ('Астролябия: плоское небо', "Астролябия — это карта неба, которая вращается. Изобретённая в античности и усовершенствованная учёными, писавшими по-арабски, она веками изготавливалась в Марракеше, Фесе и Мекнесе. Прорезной диск несёт указатели ярких звёзд; "
         "под ним лежит пластина, выгравированная для одной широты. Наводя линейку на обороте на солнце или звезду, узнавали час, время молитвы или высоту башни. Эта модель вчетверо больше обычной."),
        ('星盘：铺平的天空', "星盘是一张可以转动的星图。它发明于古代，由用阿拉伯语著述的学者加以完善，几个世纪里一直在马拉喀什、非斯和梅克内斯制作。镂空的圆盘上有指向亮星的指针，下面是一块为某一纬度刻制的盘面。"
         "沿着背面的照准尺对准太阳或一颗星，便可得知钟点、礼拜的时刻，或一座塔的高度。这里的模型是常见尺寸的四倍。"),
        ('الأسطرلاب: السماء مسطّحة', "الأسطرلاب خريطة للسماء تدور. اختُرع في العصور القديمة وأتقنه علماء كتبوا بالعربية، وصُنع قرونًا في مراكش وفاس ومكناس. يحمل القرص المخرّم مؤشرات للنجوم اللامعة، وتحته صفيحة منقوشة لخط عرض واحد. وبرصد الشمس أو نجم "
         "على امتداد العضادة في ظهره كان المرء يعرف الساعة أو وقت الصلاة أو ارتفاع برج. وهذا النموذج أكبر من المعتاد بأربع مرات."),
    ),
    'argan': (
        ('Argan: oil by hand', "The argan tree grows wild in the south-west of Morocco, and almost nowhere else. Women crack its hard nuts between two stones, roast the kernels and grind them in a mill like this one; the paste is kneaded with a little water until the oil runs out. "
         "A litre takes about thirty kilograms of fruit and a long day's work. Since the 1990s cooperatives have brought the women an income of their own. UNESCO listed this knowledge as intangible heritage in 2014."),
        ("L'argan, huile à la main", "L'arganier pousse à l'état sauvage dans le sud-ouest du Maroc, et presque nulle part ailleurs. Les femmes cassent ses noix dures entre deux pierres, torréfient les amandons et les broient dans un moulin comme celui-ci ; la pâte est pétrie avec un peu d'eau jusqu'à ce que l'huile s'écoule. "
         "Un litre demande une trentaine de kilos de fruits et une longue journée de travail. Depuis les années 1990, des coopératives assurent aux femmes un revenu propre. L'UNESCO a inscrit ce savoir-faire au patrimoine immatériel en 2014."),
        ('Argán: aceite a mano', "El argán crece silvestre en el suroeste de Marruecos y casi en ningún otro lugar. Las mujeres parten sus duras nueces entre dos piedras, tuestan las almendras y las muelen en un molino como este; la pasta se amasa con un poco de agua hasta que suelta el aceite. "
         "Un litro requiere unos treinta kilos de fruta y una larga jornada. Desde los años noventa las cooperativas dan a las mujeres un ingreso propio. La UNESCO inscribió este saber como patrimonio inmaterial en 2014."),
        ('Аргана: масло вручную', "Аргания растёт в диком виде на юго-западе Марокко и почти нигде больше. Женщины разбивают твёрдые орехи между двумя камнями, обжаривают ядра и мелют их на такой мельнице; пасту разминают с небольшим количеством воды, пока не выступит масло. "
         "На литр уходит около тридцати килограммов плодов и долгий день труда. С 1990-х годов кооперативы дают женщинам собственный доход. В 2014 году ЮНЕСКО внесла это умение в список нематериального наследия."),
        ('摩洛哥坚果：手工榨油', "摩洛哥坚果树（阿甘树）野生于摩洛哥西南部，别处几乎不见。妇女们用两块石头敲开坚硬的果核，烘烤果仁，再用这样的石磨研碎；果仁酱加少许水反复揉压，直到油渗出来。一升油约需三十公斤果实和漫长的一天劳作。"
         "二十世纪九十年代以来，合作社使妇女有了自己的收入。2014年，联合国教科文组织将这项知识与技艺列入人类非物质文化遗产代表作名录。"),
        ('الأركان: زيت باليد', "تنمو شجرة الأركان بريّةً في جنوب غرب المغرب، ولا تكاد توجد في غيره. تكسر النساء ثمارها الصلبة بين حجرين ويحمّصن اللوز ثم يطحنّه في رحى كهذه، وتُعجن العجينة بقليل من الماء حتى يسيل الزيت. ويحتاج اللتر إلى نحو ثلاثين كيلوغرامًا من الثمار "
         "ويوم طويل من العمل. ومنذ تسعينيات القرن الماضي توفّر التعاونيات للنساء دخلًا خاصًا بهن. وقد أدرجت اليونسكو هذه المعارف في التراث غير المادي سنة 2014."),
    ),
    'loom': (
        ('The upright loom', "In the Atlas, carpets are woven on an upright loom of two beams between two posts. The warp is stretched in a day, with the help of neighbours; the weaving takes weeks or months. There is no drawing: the weaver keeps the pattern in memory, and changes it as she goes. "
         "Lozenges, zigzags and crosses pass from mother to daughter, and each valley has its own. Amazigh women thus write, in wool coloured with madder, indigo and pomegranate, what no book of theirs records."),
        ('Le métier vertical', "Dans l'Atlas, les tapis se tissent sur un métier vertical fait de deux ensouples entre deux montants. La chaîne se tend en un jour, avec l'aide des voisines ; le tissage prend des semaines ou des mois. Il n'y a pas de dessin : la tisserande garde le motif en mémoire et le modifie en chemin. "
         "Losanges, zigzags et croix passent de mère en fille, et chaque vallée a les siens. Les femmes amazighes écrivent ainsi, en laine teinte de garance, d'indigo et de grenade, ce qu'aucun livre ne consigne."),
        ('El telar vertical', "En el Atlas, las alfombras se tejen en un telar vertical de dos travesaños entre dos postes. La urdimbre se tensa en un día con ayuda de las vecinas; el tejido lleva semanas o meses. No hay dibujo: la tejedora guarda el motivo en la memoria y lo cambia sobre la marcha. "
         "Rombos, zigzags y cruces pasan de madre a hija, y cada valle tiene los suyos. Así escriben las mujeres amaziges, en lana teñida con rubia, índigo y granada, lo que ningún libro recoge."),
        ('Вертикальный ткацкий станок', "В Атласе ковры ткут на вертикальном станке из двух валов между двумя стойками. Основу натягивают за день с помощью соседок; само ткачество занимает недели и месяцы. Рисунка нет: ткачиха держит узор в памяти и меняет его по ходу работы. "
         "Ромбы, зигзаги и кресты переходят от матери к дочери, и в каждой долине они свои. Так амазигские женщины пишут шерстью, окрашенной мареной, индиго и гранатом, то, чего не сохранила ни одна книга."),
        ('立式织机', "在阿特拉斯山区，地毯织在立式织机上：两根立柱之间架着上下两根横轴。邻里相帮，一天就能绷好经线；而织造要花几个星期甚至几个月。没有图样：织女把纹样记在心里，边织边改。菱形、折线和十字由母亲传给女儿，每座山谷各有自己的样式。"
         "阿马齐格妇女就这样，用茜草、靛蓝和石榴染成的羊毛，写下了没有书籍记载的故事。"),
        ('النول العمودي', "تُنسج الزرابي في الأطلس على نول عمودي من عارضتين بين قائمتين. تُشدّ السداة في يوم واحد بمساعدة الجارات، أما النسج فيستغرق أسابيع أو شهورًا. وليس هناك رسم: تحفظ النسّاجة النقش في ذاكرتها وتغيّره وهي تعمل. وتنتقل المعيّنات والخطوط المتعرجة "
         "والأشكال المتصالبة من الأم إلى ابنتها، ولكل وادٍ نقوشه. هكذا تكتب النساء الأمازيغيات، بصوف مصبوغ بالفوّة والنيلة والرمان، ما لم يدوّنه كتاب."),
    ),
    'tea': (
        ('Mint tea for guests', "Green tea reached Morocco with trade, and in the nineteenth century it became the drink of every house. The host rinses the leaves, adds fresh mint and sugar broken from a loaf, and lets the pot stand over the fire. "
         "It is poured from high up, so that a crown of foam forms in the glass; the first glass often goes back into the pot to mix the brew. To offer tea is to open a conversation, in a tent, in a shop, or at a negotiation."),
        ("Le thé à la menthe de l'hôte", "Le thé vert est arrivé au Maroc par le commerce et devint au dix-neuvième siècle la boisson de toutes les maisons. L'hôte rince les feuilles, ajoute la menthe fraîche et le sucre cassé d'un pain, puis laisse la théière sur le feu. "
         "Il verse de haut, pour qu'une couronne de mousse se forme dans le verre ; le premier verre retourne souvent dans la théière afin de mêler l'infusion. Offrir le thé, c'est ouvrir la conversation, sous la tente, dans une échoppe ou à la table d'une négociation."),
        ('Té con menta para huéspedes', "El té verde llegó a Marruecos con el comercio y en el siglo XIX se convirtió en la bebida de todas las casas. El anfitrión enjuaga las hojas, añade menta fresca y azúcar partido de un pilón, y deja la tetera al fuego. "
         "Se sirve desde lo alto para que se forme una corona de espuma en el vaso; el primer vaso suele volver a la tetera para mezclar la infusión. Ofrecer té es abrir una conversación, en una jaima, en una tienda o en una negociación."),
        ('Мятный чай для гостей', "Зелёный чай пришёл в Марокко с торговлей и в девятнадцатом веке стал напитком каждого дома. Хозяин ополаскивает листья, добавляет свежую мяту и сахар, отколотый от головы, и оставляет чайник на огне. "
         "Наливают с высоты, чтобы в стакане поднялась шапка пены; первый стакан часто выливают обратно, чтобы перемешать настой. Предложить чай — значит начать разговор: в шатре, в лавке или на переговорах."),
        ('待客的薄荷茶', "绿茶随贸易传入摩洛哥，到十九世纪已成为家家户户的饮品。主人先冲洗茶叶，再加入新鲜薄荷和从糖锥上敲下的糖块，把茶壶放在火上煨煮。倒茶时壶要举高，让杯中泛起一圈泡沫；第一杯常常倒回壶里，使茶味均匀。"
         "敬茶，就是开启一场谈话，无论是在帐篷里、店铺中，还是在谈判桌旁。"),
        ('شاي النعناع للضيوف', "وصل الشاي الأخضر إلى المغرب مع التجارة، وصار في القرن التاسع عشر شراب كل بيت. يغسل المضيف الأوراق ويضيف النعناع الطري والسكر المكسور من القالب، ثم يترك البراد على النار. ويُصبّ الشاي من علوّ لتعلو الكأس رغوة كالتاج، وكثيرًا ما تعود "
         "الكأس الأولى إلى البراد ليمتزج المذاق. وتقديم الشاي فتحٌ لباب الحديث، في خيمة أو دكّان أو على مائدة التفاوض."),
    ),
    'door': (
        ('The door and its two voices', "Seen from the lane, a house of the old town shows little but its door. The leaves are cedar from the Middle Atlas, held by iron nails whose heads make the pattern. Large doors often hold a small one for every day, "
         "and two knockers of different sound: the deep one for those who come riding or as strangers, the light one for family. Behind the door a bent passage keeps the courtyard from view, so that one may open without showing the house."),
        ('La porte aux deux voix', "Vue de la ruelle, une maison de la vieille ville ne montre guère que sa porte. Les vantaux sont en cèdre du Moyen Atlas, tenus par des clous de fer dont les têtes forment le décor. Les grandes portes en contiennent souvent une petite pour tous les jours, "
         "et deux heurtoirs de son différent : le grave pour le cavalier ou l'étranger, le clair pour la famille. Derrière, un passage coudé dérobe la cour aux regards : on peut ouvrir sans montrer la maison."),
        ('La puerta de dos voces', "Desde el callejón, una casa de la ciudad vieja apenas muestra más que su puerta. Las hojas son de cedro del Atlas Medio, sujetas con clavos de hierro cuyas cabezas forman el dibujo. Las puertas grandes suelen contener otra pequeña para el día a día "
         "y dos aldabas de distinto sonido: la grave para el jinete o el forastero, la clara para la familia. Detrás, un pasillo acodado oculta el patio: así se puede abrir sin enseñar la casa."),
        ('Дверь с двумя голосами', "С переулка дом старого города показывает разве что свою дверь. Её створки — из кедра Среднего Атласа, скреплённого железными гвоздями, шляпки которых образуют узор. В большой двери часто есть маленькая, на каждый день, "
         "и два молотка с разным звуком: низкий — для всадника или чужого, звонкий — для своих. За дверью изогнутый проход скрывает двор от взгляда: можно открыть, не показывая дома."),
        ('有两种声音的门', "从小巷里看，老城的房子几乎只露出一扇门。门扇用中阿特拉斯山的雪松制成，以铁钉固定，钉帽排成花纹。大门里常套着一扇日常出入的小门，还有两只声音不同的门环：低沉的一只给骑马来客或陌生人，清脆的一只给家里人。"
         "门后是一条转折的过道，挡住了望向庭院的视线，因此开门时不必让人看见家中。"),
        ('باب بصوتين', "لا يُظهر بيت المدينة العتيقة للزقاق سوى بابه. مصراعاه من أرز الأطلس المتوسط، تشدّهما مسامير حديدية ترسم رؤوسها الزخرفة. وكثيرًا ما يضم الباب الكبير بابًا صغيرًا لكل يوم، ومدقّين مختلفَي الصوت: الغليظ للفارس أو الغريب، والرقيق لأهل البيت. "
         "وخلف الباب ممر منعطف يحجب الصحن عن الأنظار، فيُفتح الباب من غير أن ينكشف البيت."),
    ),
}

PANORAMA = (
    ('Dawn over the dunes', "You stand on the crest of a dune at first light. The sun has just risen in the east and draws long blue shadows across the sand; ridges sharp as blades run out to every side. To the north lies an oasis with its palms and the earthen walls of a fortified village; "
     "beyond it a range of bare, dark mountains closes the plain under a sky that goes from apricot to deep blue."),
    ('Aube sur les dunes', "Vous êtes sur la crête d'une dune, aux premières lueurs. Le soleil vient de se lever à l'est et étire de longues ombres bleues sur le sable ; des arêtes vives comme des lames filent de tous côtés. Au nord, une oasis avec ses palmiers et les murs de terre d'un village fortifié ; "
     "au-delà, une chaîne de montagnes nues et sombres ferme la plaine sous un ciel qui passe de l'abricot au bleu profond."),
    ('Amanecer sobre las dunas', "Usted está en la cresta de una duna con la primera luz. El sol acaba de salir por el este y traza largas sombras azules sobre la arena; aristas afiladas como hojas se extienden hacia todos lados. Al norte hay un oasis con sus palmeras y los muros de tierra de un pueblo fortificado; "
     "más allá, una cadena de montañas desnudas y oscuras cierra la llanura bajo un cielo que va del albaricoque al azul intenso."),
    ('Рассвет над дюнами', "Вы стоите на гребне дюны на рассвете. Солнце только что взошло на востоке и тянет по песку длинные синие тени; во все стороны расходятся острые, как лезвия, гребни. К северу — оазис с пальмами и глинобитными стенами укреплённого селения; "
     "за ним гряда голых тёмных гор замыкает равнину под небом, переходящим от абрикосового к густо-синему."),
    ('沙丘上的黎明', "您站在沙丘之巅，天刚破晓。太阳刚从东方升起，在沙上拉出长长的蓝色影子；刀刃般锋利的沙脊向四面伸展。北面是一片绿洲，有棕榈树和一座夯土围墙的村寨；更远处，一列光秃的深色山脉环抱着平原，天空由杏色渐变为深蓝。"),
    ('الفجر فوق الكثبان', "تقف على قمة كثيب مع أول الضوء. أشرقت الشمس لتوّها من الشرق ومدّت على الرمال ظلالًا زرقاء طويلة، وتمتد حواف حادة كالنصال في كل اتجاه. وإلى الشمال واحة بنخيلها وأسوار طينية لقصر محصّن، ومن ورائها سلسلة جبال جرداء داكنة تغلق السهل تحت سماء تتدرج من لون المشمش إلى الأزرق العميق."),
)

MOSAIC = (
    ('The mosaic we lay together', "Sixteen columns and ten rows wait for tiles. Choose a shape and a colour, and lay it in any cell; what others lay appears at once. No plan is given: a star may grow from the middle, or a border from the edge."),
    ('La mosaïque à plusieurs mains', "Seize colonnes et dix rangées attendent leurs tesselles. Choisissez une forme et une couleur, et posez-la dans n'importe quelle case ; ce que posent les autres apparaît aussitôt. Aucun plan n'est donné : une étoile peut naître au centre, ou une bordure depuis le bord."),
    ('El mosaico que hacemos juntos', "Dieciséis columnas y diez filas esperan sus teselas. Elija una forma y un color, y colóquela en cualquier casilla; lo que ponen los demás aparece al instante. No hay plano: una estrella puede crecer desde el centro, o una cenefa desde el borde."),
    ('Мозаика, которую кладём вместе', "Шестнадцать столбцов и десять рядов ждут плиток. Выберите форму и цвет и положите плитку в любую клетку; то, что кладут другие, появляется сразу. Плана нет: звезда может вырасти из середины, а кайма — от края."),
    ('共同拼成的马赛克', "十六列、十行的格子等待着瓷片。请选择一种形状和颜色，放进任意一格；别人放下的瓷片会立刻出现。这里没有既定的图样：也许一颗星从中央长出，也许一道花边从边缘展开。"),
    ('فسيفساء نرصّها معًا', "ستة عشر عمودًا وعشرة صفوف تنتظر القطع. اختر شكلًا ولونًا وضع القطعة في أي خانة، وما يضعه الآخرون يظهر فورًا. لا مخطط هنا: فقد تنمو نجمة من الوسط، أو إطار من الحافة."),
)

# (names in six languages, colour, shape)
TILES = (
    (('White square', 'Carré blanc', 'Cuadrado blanco', 'Белый квадрат', '白色方块', 'مربع أبيض'), '#ded8c8', 'square'),
    (('Blue star', 'Étoile bleue', 'Estrella azul', 'Синяя звезда', '蓝色星形', 'نجمة زرقاء'), '#2f5d7d', 'star'),
    (('Green star', 'Étoile verte', 'Estrella verde', 'Зелёная звезда', '绿色星形', 'نجمة خضراء'), '#3f7059', 'star'),
    (('Honey star', 'Étoile miel', 'Estrella color miel', 'Медовая звезда', '蜜色星形', 'نجمة عسلية'), '#c79a49', 'star'),
    (('White cross', 'Croix blanche', 'Cruz blanca', 'Белый крест', '白色十字', 'شكل متصالب أبيض'), '#ded8c8', 'cross'),
    (('Blue cross', 'Croix bleue', 'Cruz azul', 'Синий крест', '蓝色十字', 'شكل متصالب أزرق'), '#2f5d7d', 'cross'),
    (('Brick-red cross', 'Croix rouge brique', 'Cruz rojo ladrillo', 'Кирпичный крест', '砖红色十字', 'شكل متصالب آجري'), '#8e4a35', 'cross'),
    (('Green diamond', 'Losange vert', 'Rombo verde', 'Зелёный ромб', '绿色菱形', 'معيّن أخضر'), '#3f7059', 'diamond'),
    (('Honey diamond', 'Losange miel', 'Rombo color miel', 'Медовый ромб', '蜜色菱形', 'معيّن عسلي'), '#c79a49', 'diamond'),
    (('Black diamond', 'Losange noir', 'Rombo negro', 'Чёрный ромб', '黑色菱形', 'معيّن أسود'), '#26272a', 'diamond'),
    (('Turquoise leaf', 'Feuille turquoise', 'Hoja turquesa', 'Бирюзовый лист', '绿松石色叶形', 'ورقة فيروزية'), '#4f8f97', 'leaf'),
    (('Brick-red leaf', 'Feuille rouge brique', 'Hoja rojo ladrillo', 'Кирпичный лист', '砖红色叶形', 'ورقة آجرية'), '#8e4a35', 'leaf'),
)
