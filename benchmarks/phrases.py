"""The words of the generated negotiations: our own phrases, in three languages, that fit together in any choice.

A clause is actor + modal + verb + object and some of the tails (means, condition, time, purpose), in this order. To
fit in any choice, actors are in the plural and objects follow all verbs: in Russian in the accusative, with verbs
of one aspect.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Phrases:
    """One language. Openers of operative paragraphs end with "that" or its like; `that` joins a further clause."""

    title: str
    body: str
    headings: tuple[str, ...]
    recalling: tuple[str, ...]
    recalled: tuple[str, ...]
    also: tuple[str, ...]
    deciding: tuple[str, ...]
    that: tuple[str, ...]
    tasking: tuple[str, ...]
    actor: tuple[str, ...]
    modal: tuple[str, ...]
    verb: tuple[str, ...]
    object: tuple[str, ...]
    means: tuple[str, ...]
    condition: tuple[str, ...]
    time: tuple[str, ...]
    purpose: tuple[str, ...]
    adverb: tuple[str, ...]
    rider: tuple[str, ...]
    item: str = "({})"

    def of(self, slot: str) -> tuple[str, ...]:
        """The phrases that can stand in a slot."""
        found: tuple[str, ...] = getattr(self, slot)
        return found


ENGLISH: Final = Phrases(
    title="Draft Decision on transparency and the prevention of incidents",
    body="The Council,",
    headings=(
        "I. General provisions", "II. Exchange of information", "III. Notification of activities",
        "IV. Prevention of incidents", "V. Consultations and clarification", "VI. Points of contact",
        "VII. Review and follow-up", "VIII. Final provisions",
    ),
    recalling=(
        "Recalling", "Reaffirming", "Noting with appreciation", "Deeply concerned by", "Mindful of", "Welcoming",
        "Bearing in mind", "Underlining", "Taking note of", "Guided by", "Acknowledging", "Recognising",
    ),
    recalled=(
        "the principles set out in the Lumera Declaration", "the commitments that all participating States share",
        "the report of the Chairperson on the informal meetings of this spring",
        "the incidents of last August, which a timely exchange of information could have prevented",
        "the need to avoid duplication with existing mechanisms",
        "the contribution of the field missions to confidence on both sides of the line",
        "the comprehensive, co-operative and indivisible nature of security",
        "the role of women in mediation and in the monitoring of agreements",
        "the growing use of uncrewed vehicles near civilian shipping lanes",
        "the fact that no State should strengthen its own security at the expense of another",
        "the outcome of the fourth review conference and the questions it left open",
        "the financial constraints under which the institutions carry out their mandates",
        "the experience gained with the pilot project of the northern ports",
        "the right of every State to choose its own arrangements, treaties of alliance included",
        "the concerns expressed by landlocked and by neighbouring States",
        "the efforts of those delegations that have submitted their returns ahead of the deadline",
    ),
    also=(", as well as", ", and in particular", ", together with", "and", ", including"),
    deciding=(
        "Decides that", "Also decides that", "Further decides that", "Agrees that", "Emphasises that",
        "Recommends that", "Considers that", "Reaffirms that", "Confirms that", "Stresses that",
    ),
    that=(", and that", ", that", "; agrees also that", "; and recalls that", ", on the understanding that"),
    tasking=(
        "Requests the Secretariat to take the following steps:",
        "Tasks the Conflict Prevention Centre, within existing resources, with the following:",
        "Invites the Chairperson, in consultation with all delegations, to do the following:",
        "Calls upon participating States to do the following:",
    ),
    actor=(
        "participating States", "all participating States", "the States concerned", "the parties to a dispute",
        "neighbouring States", "coastal States", "the field missions", "the competent authorities",
        "the national points of contact", "the Partners for Co-operation",
    ),
    modal=("shall", "should", "may", "will", "are invited to", "are encouraged to", "undertake to"),
    verb=(
        "notify", "exchange", "submit", "publish", "verify", "review", "update", "transmit", "make available",
        "communicate", "record", "circulate",
    ),
    object=(
        "information on unusual military activities", "the annual calendar of exercises",
        "data on major weapon systems and equipment", "a summary of incidents at sea and in the air",
        "the list of points of contact", "advance notice of exercises involving more than 9,000 troops",
        "explanations of any activity that gives rise to concern", "the plans for the deployment of new equipment",
        "the results of inspections and evaluation visits", "maps of the areas closed to shipping",
        "figures on the transit of forces through third countries", "a description of the safeguards in place",
        "the procedures for contact between commanders", "reports on the implementation of this decision",
    ),
    means=(
        "through the communications network", "by electronic means", "in writing and in one of the working languages",
        "through the channel established for this purpose", "in the agreed format", "by way of the Secretariat",
        "at a meeting convened by the Chairperson", "in the Forum and, where relevant, in the Council",
    ),
    condition=(
        "where a concern has been raised by another State", "in the event of an incident near their borders",
        "if the threshold of 13,000 troops is exceeded", "subject to national legislation",
        "without prejudice to existing agreements", "unless the States concerned agree otherwise",
        "with due regard for the safety of navigation", "on a voluntary and reciprocal basis",
        "when an activity is carried out without prior notice to the troops involved",
    ),
    time=(
        *(f"within {n} hours" for n in (12, 24, 36, 48, 72, 96)),
        *(f"within {n} working days" for n in ("three", "five", "seven", "ten", "fifteen")),
        *(f"not later than {day}" for day in ("15 January", "1 March", "30 April", "1 July", "15 December")),
        *(f"at least {n} days in advance" for n in (7, 14, 21, 30, 42, 60)),
        "every six months", "once a year", "as soon as possible", "without delay",
    ),
    purpose=(
        "with a view to reducing the risk of misunderstanding", "in order to strengthen mutual confidence",
        "so that questions can be answered before a situation escalates", "for the purpose of verification",
        "in the interest of transparency and predictability", "to the benefit of all participating States",
        "so as to assist the Chairperson in preparing the annual review",
    ),
    adverb=("promptly", "in good faith", "to the extent possible", "jointly", "regularly", "as a matter of priority"),
    rider=(
        "as appropriate", "where feasible", "in full transparency", "on an equal footing", "from existing resources",
        "in accordance with the Rules of Procedure", "taking into account national circumstances",
        "in line with the principle of consensus", "with the consent of the host State", "as mutually agreed",
    ),
)  # fmt: skip

FRENCH: Final = Phrases(
    title="Projet de décision sur la transparence et la prévention des incidents",
    body="Le Conseil,",
    headings=(
        "I. Dispositions générales", "II. Échange d’informations", "III. Notification des activités",
        "IV. Prévention des incidents", "V. Consultations", "VI. Points de contact", "VII. Examen et suivi",
    ),
    recalling=(
        "Rappelant", "Réaffirmant", "Notant avec satisfaction", "Ayant à l’esprit", "Soulignant",
        "Gardant présents à l’esprit",
        "Accueillant avec intérêt", "Reconnaissant", "Saluant", "Considérant",
    ),
    recalled=(
        "les principes énoncés dans la Déclaration de Lumera", "les engagements communs à tous les États participants",
        "les incidents du mois d’août, qu’un échange rapide d’informations aurait pu éviter",
        "les contraintes financières qui pèsent sur l’ensemble des institutions",
        "les préoccupations exprimées par les États sans littoral et par les États voisins",
        "les enseignements tirés du projet pilote mené dans les ports du Nord",
        "les résultats de la quatrième conférence d’examen et les questions qu’elle a laissées ouvertes",
        "les efforts des délégations qui ont présenté leur rapport avant l’échéance",
        "les liens qui unissent la sécurité des États et celle des populations",
    ),
    also=(", ainsi que", "et", ", en particulier", ", de même que"),
    deciding=(
        "Décide que", "Décide également que", "Décide en outre que", "Convient que", "Souligne que",
        "Recommande que soit rappelé que", "Considère que", "Réaffirme que", "Confirme que",
    ),
    that=(", et que", ", que", "; convient aussi que", ", étant entendu que"),
    tasking=(
        "Prie le Secrétariat de prendre les mesures suivantes\u00a0:",
        "Charge le Centre de prévention des conflits, à moyens constants, des tâches suivantes\u00a0:",
        "Invite la présidence, en consultation avec toutes les délégations, à prendre les mesures suivantes\u00a0:",
    ),
    actor=(
        "les États participants", "tous les États participants", "les États concernés", "les parties à un différend",
        "les États voisins", "les États côtiers", "les missions de terrain", "les autorités compétentes",
    ),
    modal=("doivent", "devraient", "peuvent", "devront", "pourront", "s’engagent à"),
    verb=(
        "notifier", "échanger", "communiquer", "publier", "vérifier", "examiner", "mettre à jour", "transmettre",
        "consigner", "diffuser",
    ),
    object=(
        "les informations relatives aux activités militaires inhabituelles", "le calendrier annuel des exercices",
        "les données sur les principaux systèmes d’armes", "un résumé des incidents survenus en mer et dans les airs",
        "la liste des points de contact", "les préavis d’exercices mettant en jeu plus de 9\u202f000 hommes",
        "les cartes des zones fermées à la navigation", "les résultats des inspections et des visites d’évaluation",
        "les plans de déploiement de nouveaux matériels", "les rapports sur l’application de la présente décision",
    ),
    means=(
        "par l’intermédiaire du réseau de communication", "par voie électronique",
        "par écrit, dans l’une des langues de travail",
        "par le canal établi à cette fin", "selon le modèle convenu", "lors d’une réunion convoquée par la présidence",
    ),
    condition=(
        "lorsqu’un autre État a exprimé une préoccupation", "en cas d’incident à proximité de leurs frontières",
        "si le seuil de 13\u202f000 hommes est dépassé", "sous réserve de la législation nationale",
        "sans préjudice des accords existants", "sauf si les États concernés en conviennent autrement",
        "sur une base volontaire et réciproque",
    ),
    time=(
        *(f"dans un délai de {n} heures" for n in (12, 24, 36, 48, 72, 96)),
        *(f"dans les {n} jours ouvrables" for n in ("trois", "cinq", "sept", "dix", "quinze")),
        *(f"au plus tard le {day}" for day in ("15 janvier", "1er mars", "30 avril", "1er juillet", "15 décembre")),
        *(f"au moins {n} jours à l’avance" for n in (7, 14, 21, 30, 42)),
        "tous les six mois", "une fois par an", "dès que possible", "sans délai",
    ),
    purpose=(
        "en vue de réduire les risques de malentendu", "afin de renforcer la confiance mutuelle",
        "aux fins de vérification",
        "dans l’intérêt de la transparence et de la prévisibilité", "au bénéfice de tous les États participants",
    ),
    adverb=(
        "sans tarder", "de bonne foi", "dans la mesure du possible", "conjointement", "régulièrement", "en priorité",
    ),
    rider=(
        "selon qu’il convient", "lorsque cela est possible", "en toute transparence", "sur un pied d’égalité",
        "conformément aux règles de procédure", "compte tenu des circonstances nationales",
        "avec l’accord de l’État hôte",
    ),
    item="{})",
)  # fmt: skip

RUSSIAN: Final = Phrases(
    title="Проект решения о транспарентности и предотвращении инцидентов",
    body="Совет,",
    headings=(
        "I. Общие положения", "II. Обмен информацией", "III. Уведомление о деятельности",
        "IV. Предотвращение инцидентов", "V. Консультации", "VI. Пункты связи", "VII. Обзор и дальнейшие шаги",
    ),
    recalling=(
        "Принимая во внимание", "Учитывая", "Отмечая", "Подчёркивая", "Вновь подтверждая", "Признавая",
        "Имея в виду", "Особо отмечая", "Рассмотрев",
    ),
    recalled=(
        "принципы, изложенные в Лумерской декларации", "обязательства, общие для всех государств-участников",
        "прошлогодние инциденты, которые мог бы предотвратить своевременный обмен информацией",
        "финансовые трудности, с которыми сталкиваются все институты",
        "озабоченности, высказанные соседними государствами и государствами, не имеющими выхода к морю",
        "опыт, накопленный в ходе пилотного проекта в северных портах",
        "итоги четвёртой обзорной конференции и вопросы, которые она оставила открытыми",
        "усилия делегаций, представивших свои отчёты раньше срока",
        "неделимость и всеобъемлющий характер безопасности",
    ),
    also=(", а также", ", в частности", ", и", ", равно как и"),
    deciding=(
        "Постановляет, что", "Постановляет также, что", "Постановляет далее, что", "Соглашается с тем, что",
        "Подчёркивает, что", "Считает, что", "Вновь заявляет, что", "Подтверждает, что",
    ),
    that=(", и что", ", что", "; соглашается также с тем, что", ", исходя из того, что"),
    tasking=(
        "Просит Секретариат принять следующие меры:",
        "Поручает Центру по предотвращению конфликтов в рамках имеющихся ресурсов:",
        "Предлагает Председателю в консультации со всеми делегациями:",
    ),
    actor=(
        "государства-участники", "все государства-участники", "заинтересованные государства", "стороны спора",
        "соседние государства", "прибрежные государства", "миссии на местах", "компетентные органы",
    ),
    modal=("должны", "обязаны", "могут", "вправе", "будут", "обязуются", "готовы"),
    verb=(
        "представлять", "передавать", "публиковать", "проверять", "обновлять", "рассматривать", "регистрировать",
        "направлять", "распространять",
    ),
    object=(
        "сведения о необычной военной деятельности", "годовой график учений", "данные об основных системах вооружений",
        "сводку инцидентов на море и в воздухе", "перечень пунктов связи",
        "предварительные уведомления об учениях с участием более 9\u00a0000 военнослужащих",
        "карты закрытых для судоходства районов", "результаты инспекций и посещений по оценке",
        "планы развёртывания новой техники", "отчёты о выполнении настоящего решения",
    ),
    means=(
        "по сети связи", "в электронном виде", "в письменной форме на одном из рабочих языков",
        "по созданному с этой целью каналу", "по согласованной форме", "на созванном Председателем заседании",
    ),
    condition=(
        "в случае высказанной другим государством озабоченности", "в случае инцидента вблизи их границ",
        "при превышении порога в 13\u00a0000 военнослужащих", "с учётом национального законодательства",
        "без ущерба для действующих соглашений",
        "при отсутствии иной договорённости между заинтересованными государствами",
        "на добровольной и взаимной основе",
    ),
    time=(
        *(f"в течение {n} часов" for n in (12, 24, 36, 48, 72, 96)),
        *(f"в течение {n} рабочих дней" for n in ("трёх", "пяти", "семи", "десяти", "пятнадцати")),
        *(f"не позднее {day}" for day in ("15 января", "1 марта", "30 апреля", "1 июля", "15 декабря")),
        *(f"не менее чем за {n} дней" for n in (7, 14, 25, 30, 42)),
        "каждые шесть месяцев", "раз в год", "в кратчайшие сроки", "безотлагательно",
    ),
    purpose=(
        "с целью снижения риска недопонимания", "в целях укрепления взаимного доверия", "для целей проверки",
        "в интересах транспарентности и предсказуемости", "на благо всех государств-участников",
    ),
    adverb=(
        "незамедлительно", "добросовестно", "по мере возможности", "совместно", "регулярно", "в первоочередном порядке",
    ),
    rider=(
        "при необходимости", "где это возможно", "в условиях полной открытости", "на равной основе",
        "в соответствии с Правилами процедуры", "с учётом национальных особенностей",
        "с согласия принимающего государства",
    ),
    item="{})",
)  # fmt: skip

LANGUAGES: Final = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}
