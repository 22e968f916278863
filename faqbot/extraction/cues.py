"""Which questions of the catalogue a sentence answers: for each, what such an answer says.

The keys are the catalogue's own questions (knowledge/procedure.md; a test holds the two together). The patterns are
matched against a sentence in lower case; {it} stands for the procedure's names and for "the treatment".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_TIME: Final = r"(?:second|minute|hour|day|night|week|month|year)s?"
_SPAN: Final = (
    r"(?:\d{1,9}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|couple|half)"
    rf"[\w -]{{0,20}} {_TIME}"
)
_VISITS: Final = r"(?:sessions?|treatments?|visits?|appointments?|sittings?)"
_COUNT: Final = r"(?:\d{1,9}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|multiple|single)"
_SOMEONE: Final = (
    r"(?:you|your|people|patients?|clients?|adults?|children|anyone|anybody|everyone|someone|those|one|women|men"
    r"|he or she)"
)

# In the order of the catalogue. A sentence may answer several; a pattern that speaks of {it} needs it named there.
CUES: Final[dict[str, tuple[str, ...]]] = {
    "What is {procedure}?": (r"^(?:an? |the )?{it} (?:is|are) (?:an?|the|one of the) ", r"^{it} (?:refers to|means) "),
    "What is {procedure} done for?": (
        (r"{it} .{0,40}\b(?:used|done|performed|designed|meant|intended|carried out)\b"
         r".{0,30} (?:to|so that|in order to|for) "),
        r"\b(?:goal|aim|purpose) of {it}", r"^{it} aims? ",
    ),
    "What are the benefits of {procedure}?": (
        r"\b(?:the|various|many|several|its|of the|following|are) (?:\w+ )?(?:benefits|advantages)\b",
        r"\b(?:main|another|other|first|biggest) (?:benefit|advantage)\b",
    ),
    "What should I know before I decide on {procedure}?": (
        r"\bbefore (?:you |one |anyone |people )?(?:consider|decid|choos|commit|sign|opt)\w*\b",
        r"\b(?:need|needs|have|should|important|good) (?:to )?(?:know|understand)\b",
    ),
    "How does {procedure} work?": (
        r"{it} works? (?!well|best)\w", r"\bworks by\b", r"\bmechanism\b", r"^it works (?:by|like|because)\b",
        (r"\b(?:needles?|light|laser|energy|gel|acid|current|cold|heat|sound|waves?)\b.{0,60}"
         r"\b(?:create|creates|break|breaks|stimulat\w+"
         r"|trigger\w*|destroy\w*|damage\w*|penetrat\w+|absorb\w*|target\w*|dissolv\w+|heats?)\b"),
    ),
    "How is {procedure} performed?": (
        r"\bduring (?:the|your|a|each) (?:procedure|treatment|session|appointment|visit|operation)\b",
        r"\bwhen conducting\b",
        (r"^(?:first|then|next|afterwards|finally),? (?:the|your|a) \w+ (?:\w+ )?(?:is|are|will|cleans?|applies|uses"
         r"|places|moves)\b"),
        (r"\b(?:the|your|our) (?:practitioner|therapist|dentist|doctor|nurse|surgeon|technician|specialist"
         r"|dermatologist|hygienist)"
         r" (?:will |then |first )?(?:apply|applies|move|moves|pass|passes|clean|cleans|use|uses|make|makes|place"
         r"|places|insert|inserts|inject|injects)\b"),
    ),
    "Which device or equipment is used?": (
        r"\b(?:device|machine|roller|handpiece|equipment)\b.{0,40}\b(?:is|are|called|used|with|uses)\b",
        r"\b(?:uses?|using) an? [\w -]{0,25}(?:device|machine|roller|pen|laser|lamp|probe|handpiece)\b",
    ),
    "Which parts of the body can be treated?": (
        r"\b(?:areas?|parts?) of the body\b", r"\btreatment areas?\b",
        r"\bcan be (?:done|used|performed) on (?:the|your|most|any|almost)\b",
    ),
    "How long does {procedure} take?": (
        (r"\b(?:{it}|session|appointment|visit|it)\b[\w ,]{0,30}"
         rf"\b(?:takes?|lasts?|requires?|is over in|is finished in|need|needs)\b[\w ]{{0,25}}{_SPAN}"),
        rf"^(?:each|every|one|an?|the) (?:session|appointment|visit|treatment)\b.{{0,50}}{_SPAN}",
        r"\btakes? (?:about |around |only )?(?:an hour|half an hour)\b",
    ),
    "How many sessions are needed?": (
        rf"\b{_COUNT}(?: (?:to|or) {_COUNT})? (?:\w+ )?{_VISITS}\b(?! of)",
        rf"\b(?:number|course|series) of {_VISITS}\b",
    ),
    "How often can {procedure} be repeated?": (
        rf"\bevery (?:{_COUNT} |few |other )?(?:to \w+ )?(?:week|month|year)s?\b",
        r"\b(?:weeks|months|years) apart\b",
        r"\b(?:once|twice|(?:two|three|four|six) times) an? (?:week|month|year)\b", r"\bcan be repeated\b",
    ),
    "When will I see results?": (
        (r"\b(?:results?|improvements?|difference|effects?)\b[\w ,]{0,40}"
         rf"\b(?:visible|appear\w*|shows?|noticeable|seen|develop\w*)\b[\w ,]{{0,20}}(?:{_SPAN}|immediately"
         r"|straight away|at once|gradual)"),
        (rf"\b(?:see|notice|expect)\b[\w ,]{{0,20}}\b(?:results?|improvements?|difference)\b[\w ,]{{0,20}}(?:{_SPAN}"
         r"|immediately|straight away)"),
    ),
    "How long do the results last?": (
        r"\b(?:regard|is|are|be)\b.{0,30}\bpermanent\b",
        (r"\b(?:results?|effects?)\b[\w ,]{0,30}\b(?:lasts?|permanent|wear off|wears off|fades?|temporary|maintained"
         r"|long-lasting)\b"),
        r"\bmaintenance (?:treatments?|sessions?)\b", r"\btop-up\b",
    ),
    "How long is the recovery?": (
        rf"\b(?:recover\w*|downtime|heal(?:s|ed|ing)?)\b[\w ,]{{0,30}}{_SPAN}",
        rf"{_SPAN}[\w ,]{{0,20}}\b(?:to recover|to heal|of recovery|of downtime)\b",
        r"\b(?:no|little|minimal) (?:recovery|downtime)\b", r"\bhealing (?:begins|starts|takes)\b",
    ),
    "When can I go back to work?": (
        r"\b(?:back|return) to (?:work|school|your desk|normal activit\w+)\b", r"\bday off\b", r"\btime off work\b",
    ),
    "Does {procedure} hurt?": (
        r"\b(?:pain|painful|painless|painlessly|hurts?|hurting|discomfort|uncomfortable|stings?|stinging)\b",
    ),
    "Is an anaesthetic or numbing used?": (r"\b(?:numb(?:s|ed|ing|ness)?|anaesthe\w+|anesthe\w+|sedat\w+)\b",),
    "What are the risks and side effects?": (
        r"\b(?:side[- ]effects?|risks?|complications?|adverse)\b",
        r"\b(?:blisters?|burns|scarring)\b.{0,40}\b(?:rare|possible|affects)\b",
    ),
    "Is {procedure} safe?": (
        r"{it} (?:is|are) (?:\w+ ){0,2}safe\b",
        r"\bit is (?:(?:considered|very|quite|completely|generally) ){0,2}safe\b",
        r"\bsafety\b",
    ),
    "Can {procedure} cause an infection?": (
        r"\b(?:risks? of|signs? of|causes?|get|become|prevents?|against) (?:an? )?infections?\b",
        r"\binfections? (?:is|are|can|may|comes?)\b", r"\bsteril(?:e|i[sz]ed)\b",
    ),
    "What if I have an allergic reaction?": (r"\ballerg\w+\b",),
    "Will there be swelling, redness or bruising?": (
        r"\b(?:swelling|swollen|redness|bruis\w+|scabs?|scabbing|peeling)\b",
        r"\b(?:skin|face|gums?|eyes?) (?:\w+ ){0,3}(?:red|swell|pink)\b",
    ),
    "Something feels wrong after {procedure}: what should I do?": (
        (r"\b(?:call|contact|see|ring) (?:the|your|a|us|our) ?(?:doctor|clinic|dentist|surgeon|practice"
         r"|practitioner|gp)?\b.{0,40}\b(?:if|immediately|at once)\b"),
        r"\bif [^.]{5,80}\b(?:call|contact|see) (?:the|your|a|us)\b",
    ),
    "Will I bleed?": (r"\b(?:bleed\w*(?! gums)|bled|(?:drops?|spots?|pinpricks?|bit|little) (?:of )?blood)\b",),
    "How can I tell whether {procedure} has worked?": (
        r"\b(?:know|tell|sign|signs|see|notice) (?:that |whether |if )?.{0,30}\bwork(?:ed|ing|s)\b",
    ),
    "Who is {procedure} for?": (
        rf"\b(?:suitable|ideal|recommended|good|right|perfect) (?:candidates?|for)\b(?! the)[^.]{{0,40}}\b{_SOMEONE}\b",
        r"^for (?:one|those|people|anyone|someone|patients) (?:that|who|with)\b",
        rf"\b{_SOMEONE} (?:who|with|that)\b.{{0,60}}\b(?:can|may|should) (?:consider|have|benefit|try)\b",
    ),
    "Who should not have {procedure}?": (
        (r"\b(?:not (?:suitable|recommended|advised|offered|for everyone)|unsuitable|should not (?:have|be)"
         r"|cannot have|must not have|should avoid (?:the )?(?:treatment|procedure))\b"),
        r"\bcontraindicat\w+\b", r"\b(?:skip it|nobody should|turned? away|will not (?:treat|cup)|do not treat)\b",
        r"\btell us before\b",
    ),
    "Can I have {procedure} while pregnant or breastfeeding?": (
        r"\b(?:pregnan\w+|breast-?feeding|nursing mothers?)\b",
    ),
    "Is there an age limit?": (
        r"\b(?:aged?|age of|older than|younger than) (?:\d\d|eighteen|sixteen|twenty-one)\b",
        r"\b(?:over|under|at least|below) (?:the age of )?(?:\d\d|eighteen|sixteen|twenty-one) years\b",
        (r"\b(?:over|under|below) (?:12|14|16|18|21|eighteen|sixteen|twenty-one)s?\b"
         r"(?! (?:minutes|percent|%|hours|days|weeks))"),
        r"\bof all ages\b", r"\b(?:minimum|any) age\b",
    ),
    "Can I have {procedure} with a medical condition or medicine?": (
        (r"\b(?:diabet\w+|medications?|medicines?|blood[- ]thinn\w+|chemotherapy|epilep\w+|pacemakers?"
         r"|(?:with|have|had|has) (?:an? )?heart (?:disease|condition|problem)s?|eczema|psoriasis|isotretinoin"
         r"|anticoagulants?)\b"),
    ),
    "Is {procedure} suitable for every skin colour and type?": (
        r"\b(?:dark(?:er)?|light(?:er)?|all|every|sensitive|fair) (?:skin|skin types?|skin tones?|complexions?)\b",
    ),
    "Who performs {procedure}?": (
        (r"\b(?:performed|done|carried out|administered|offered|given) by (?:an?|our|the|licen[sc]ed|trained"
         r"|qualified|certified|experienced)\b"),
        r"\b(?:choose|look for|find|see|visit|need) (?:an? |your )?(?:licen[sc]ed|qualified|certified|trained) \w+",
    ),
    "Where can I have {procedure} done?": (
        r"\bour (?:clinics?|practices?|studios?|rooms) (?:is|are|in)\b",
        r"\bavailable (?:at|in) (?:our|the|most|many)\b",
    ),
    "How should I prepare for {procedure}?": (
        r"\bprepar(?:e|ing|ation)\b",
        (r"\b(?:before|prior to) (?:the|your|a|each|every|treatment|surgery|coming)\b[\w ]{0,40}"
         r"\b(?:avoid|stop|do not|don't|should|must|come|shave|eat|drink|remove|wash)\b"),
        (r"\b(?:avoid|stop|do not|don't|should|must|come|shave|eat|drink|wash)\b.{0,60}"
         r"\b(?:before|prior to) (?:the|your|a|each|every|treatment|surgery|coming|you come)\b"),
    ),
    "What should I do after {procedure}?": (
        r"\bafter-?care\b",
        (r"\b(?:use|apply|wear|drink|wash|keep|rinse|moisturi[sz]e|rest|put)\b.{0,60}"
         r"\b(?:after|afterwards|following) ?(?:the|your|treatment|surgery|each|every)?\b"),
        (r"\b(?:after|following) (?:the|your|a|each|every|treatment|surgery)\b[\w ,]{0,40}"
         r"\b(?:use|apply|wear|drink|wash|keep|rinse|moisturi[sz]e|rest|should|must)\b"),
    ),
    "What should I avoid after {procedure}?": (
        (r"(?:\b(?:avoid|refrain|stay (?:out|away)|(?:should|must|may) not)\b"
         r"|(?:^|[,;:] )(?:do not|don't|no|never)\b).{0,80}"
         r"\b(?:after|afterwards|following|for (?:the next|the first|at least|about|a|two|three|\d+|24|48))\b"),
        (r"\b(?:after|afterwards|following|for the (?:next|first))\b.{0,50}"
         r"\b(?:avoid|do not|refrain|stay (?:out|away))\b"),
        r"\b(?:sunscreen|sun ?cream|spf)\b",
    ),
    "Do I need a check-up or follow-up?": (r"\b(?:follow-?up|check-?up|review appointment)\b",),
    "Can I drive home after {procedure}?": (
        r"\b(?:to|not|cannot|can|may|should|you) drive\b", r"\bdriving\b", r"\bdrive (?:home|yourself|a car)\b",
        r"\btake you home\b",
    ),
    "Can {procedure} be done at home?": (
        r"\bat home\b", r"\bhome (?:kits?|devices?|rollers?|use)\b", r"\byourself at\b",
    ),
    "How much does {procedure} cost?": (
        r"[$£€] ?\d", r"\b\d+ (?:dollars|pounds|euros|francs)\b",
        (r"\b(?:prices?|fees?|costs?) (?:of|for|is|are|start|starts|from|depend|depends|range|ranges|vary|varies"
         r"|between)\b"),
    ),
    "Does insurance cover {procedure}?": (r"\b(?:insurance|insurers?|insured)\b",),
    "How do I book an appointment?": (
        r"\b(?:book|make|arrange|schedule) (?:an?|your) (?:\w+ )?(?:appointment|consultation|visit|session)\b",
        r"\bto book\b",
    ),
    "What are the alternatives to {procedure}?": (r"\balternatives?\b", r"\binstead of {it}"),
    "Can {procedure} be combined with other treatments?": (r"\bcombin(?:e|ed|ing|ation)\b",),
    "How well does {procedure} work?": (
        r"\bsuccess rates?\b",
        r"\b(?:\d+ ?%|\d+ (?:percent|per cent)|most|nine out of ten) of (?:patients|people|clients|cases|those)\b",
        r"\b(?:very|highly|less|more) effective\b", r"\bstud(?:y|ies) (?:show|have shown|found|suggest)",
    ),
    # conditions
    "What causes {procedure}?": (
        (r"(?:{it}|^it|^they|^most cases) (?:\w+ ){0,3}(?:caused by|triggered by|brought on by|due to|results? from"
         r"|(?:happens?|occurs?|develops?|arises?|starts?|begins?) (?:when|if|from|because|after|as))\b"),
        r"\bcauses? (?:of|for) (?:\w+ )?{it}", r"\b(?:can|may|could|often|sometimes) (?:cause|lead to|trigger) {it}",
        r"\b(?:exact|known|unknown|underlying|likely|main|possible|many|most common) causes?\b",
        r"\b(?:cause|causes) (?:is|isn't|are|remains?)\b", r"\b(?:leads?|leading) to {it}", r"\bcaused by\b",
    ),
    "Who is at risk of {procedure}?": (
        r"\bat (?:\w+ )?risk\b", r"\brisk factors?\b", r"\brisk (?:of|for) (?:\w+ ){0,2}{it}",
        r"\b(?:more|most|less) (?:common|likely|often|frequently|prevalent)(?: \w+)? (?:in|among|to|affect\w*|than)\b",
        (r"(?:{it}|^it) (?:\w+ )?affects? (?:mostly|mainly|more|people|men|women|children|adults|about|both|all)\b"),
        r"\bcan (?:get|have|affect) (?:{it}|anyone|people of)\b",
    ),
    "How common is {procedure}?": (
        r"\b(?:one|1|two|2|three|3) (?:in|out of) (?:every )?\d", r"\b(?:prevalence|incidence)\b",
        (r"\b(?:\d|million|thousand|percent|per cent|%)[\w ,.-]{0,30}\b(?:people|americans|adults|children|men|women"
         r"|persons|cases|births|newborns)\b"),
        r"(?:{it}|^it) (?:is|are) (?:\w+ ){0,2}(?:rare|common|uncommon)\b(?! (?:cause|name|for))",
        r"^(?:very|rarely|quite) common\b",
    ),
    "Is {procedure} inherited?": (
        (r"\b(?:inherit\w*|genetic\w*|genes?|hereditary|runs? in (?:the )?famil\w+|passed (?:down|on) (?:from"
         r"|through) (?:parents?|famil\w+))\b"),
    ),
    "Can I catch {procedure} from somebody?": (
        r"\b(?:contagious|person[- ]to[- ]person|transmission|transmitted|catch (?:it|{it}))\b",
        r"\bspreads? (?:by|through|from|to|via|when|easily|in)\b",
        r"\b(?:infected|contact) (?:with|people|persons?|animals?)\b",
    ),
    "What types of {procedure} are there?": (
        r"\b(?:types|forms|kinds|stages|subtypes|varieties) of {it}",
        (r"\b(?:two|three|four|five|six|several|main|different|common) (?:\w+ ){0,2}"
         r"(?:types|forms|kinds|stages|subtypes)\b(?! of (?!{it}))"),
    ),
    "What are the symptoms of {procedure}?": (
        r"\b(?:symptoms?|signs?) (?:of|include|is|are|may|can|that|such|usually|often|vary)\b",
        r"\bcommon (?:signs|symptoms)\b",
        (r"\b(?:experience|feel|notice|suffer)s?\b.{0,40}\b(?:pain|fatigue|fever|nausea|tired|weak|dizz|itch"
         r"|swelling|numb)"),
    ),
    "How is {procedure} diagnosed?": (
        r"\bdiagnos\w+\b",
        r"\b(?:blood|imaging|lab(?:oratory)?|screening|urine) tests?\b",
        r"\b(?:x[- ]rays?|mri|ct scans?|ultrasound|biopsy)\b",
        r"\bphysical exam\w*\b",
        r"\bmedical history\b",
    ),
    "When should I see a doctor about {procedure}?": (
        (r"\b(?:call|see|contact|talk to|visit|ring|tell|ask) (?:your|a|the) (?:\w+ )?"
         r"(?:doctor|gp|provider|nurse|pharmacist)\b.{0,60}\b(?:if|when|right away|immediately|at once|as soon)\b"),
        r"^if [^.]{5,120}\b(?:call|see|contact|talk to|tell) (?:your|a|the) (?:\w+ )?(?:doctor|gp|provider|nurse)\b",
        r"\b(?:911|9-1-1|999|112|emergency (?:room|care|department))\b",
        r"\bseek (?:medical|immediate|emergency|urgent|help)\b",
    ),
    "How is {procedure} treated?": (
        r"(?:{it}|^it) (?:is|are|can|may|might)\b.{0,30}\b(?:treated|cured)\b", r"\bno cure\b",
        r"\b(?:treat|treats|treating|cure) (?:\w+ )?{it}", r"\btreatments? (?:for|of) (?:\w+ )?{it}",
        r"\btreatments? (?:options?|is|are|include|includes|depends?|may|can|usually|often|goals?)\b",
    ),
    "What can I do about {procedure} myself?": (
        r"\b(?:lifestyle changes?|self[- ]care|home remed\w+|cope with|coping with|living with|support groups?)\b",
        r"\b(?:ease|relieve|manage|soothe|control) (?:the |your |any )?(?:symptoms?|pain|discomfort|{it})\b",
        r"\bat home\b",
    ),
    "How can I prevent {procedure}?": (
        r"\b(?:prevent|prevents|preventing|prevention of|avoid|avoiding) (?:\w+ )?(?:{it}|it\b|infection)",
        r"\b(?:be prevented|way to prevent|preventable|vaccin\w+)\b", r"\bprotect (?:yourself|against|from|your)\b",
        (r"\b(?:lower|reduce|lowers|reduces|lowering|reducing|decrease) (?:your|the|their) (?:risk|chances?) (?:of|for)"
         r" (?:\w+ ){0,2}(?:{it}|it\b)"),
        r"\b(?:lower|reduce|decrease) your (?:risk|chances?)\b",
    ),
    "What is the outlook with {procedure}?": (
        r"\b(?:prognosis|outlook|life expectancy|survival|lifelong|fatal)\b",
        (r"(?:{it}|^it|^they|symptoms?)\b.{0,40}"
         r"\b(?:goes? away|get (?:better|worse)|disappears?|improves?|progress\w*)\b"),
        r"^(?:most|many|some|about|almost|nearly)\b.{0,40}\b(?:recover|live|die|survive|get better)\b",
    ),
    "What are the complications of {procedure}?": (
        r"\bcomplications? (?:of|from|include|can|may|are|is|such|with)\b",
        r"\b(?:left untreated|not treated|without treatment)\b",
        r"(?:{it}|^it) (?:can|may|could)(?: also)? (?:lead to|cause|result in)\b",
        r"\b(?:possible|serious|common) complications?\b",
    ),
    "What should I remember about {procedure}?": (r"\b(?:key points?|in summary|to sum up|in short|remember)\b",),
    "What research is there on {procedure}?": (
        (r"\b(?:research(?:ers)?|clinical trials?|studies are|scientists|investigators|studying|stud(?:y"
         r"|ies) (?:is|are|to))\b"),
    ),
    # tasks
    "How do I make {procedure}?": (),
    "What do I need for {procedure}?": (r"\b(?:you(?:'ll| will)? need|required|ingredients|tools|materials)\b",),
    "How much does {procedure} make?": (r"\b(?:servings?|serves|portions?|makes (?:about |around )?\d+|yields?)\b",),
    "What can go wrong with {procedure}?": (
        r"\b(?:careful|mistakes?|otherwise|do not|don't|never|avoid|warning|caution|be sure not)\b",
    ),
    "Are there tips for {procedure}?": (r"\b(?:tips?|tricks?|hints?|best results|helps to|note that|make sure)\b",),
    "What can I use instead?": (
        r"\b(?:instead|substitut\w+|alternativ\w+|replaced? (?:by|with)|you can (?:also )?use|variations?)\b",
    ),
    "What do I serve with {procedure}?": (
        r"\b(?:serve(?:d)? (?:with|over|alongside|hot|cold)|goes (?:well|great) with|side dish)\b",
    ),
    "How do I store {procedure}?": (
        r"\b(?:store[ds]?|keeps? (?:for|in|well)|fridge|refrigerat\w+|freez\w+|leftovers?)\b",
    ),
    # formalities and services
    "Who can apply for {procedure}?": (
        (r"\b(?:eligib\w+|entitled|qualif(?:y|ies)|who can|must be (?:a|an|at least|over"
         r"|under))\b"),
    ),
    "How do I apply for {procedure}?": (
        r"\b(?:apply (?:online|by|in|at|through)|to apply|fill in|submit|send (?:the|your))\b",
    ),
    "Which documents do I need for {procedure}?": (
        r"\b(?:documents?|proof of|identity card|passport|photo(?:graph)?s?|copy of|copies of|bring)\b",
    ),
    "Where do I apply for {procedure}?": (r"\b(?:office|counter|in person|town hall|website)\b",),
    "When do I have to apply?": (
        r"\b(?:deadline|no later than|at least \w+ (?:days?|weeks?|months?) before|in advance|in good time)\b",
    ),
    "How long is {procedure} valid?": (r"\b(?:valid|expires?|runs out|renew\w*|extend\w*)\b",),
    "What if my application is refused?": (r"\b(?:refused?|rejected|turned down|appeal\w*|denied)\b",),
    "What if something changes or I lose it?": (r"\b(?:change of|changes|moved?|moving|lost|stolen|replacement)\b",),
    "Whom do I contact about {procedure}?": (r"\b(?:phone|telephone|call us|email|e-mail|contact)\b",),
    "What does {procedure} offer?": (r"\b(?:offers?|provides?|includes?|is an? )\b",),
    "When is {procedure} open?": (r"\b(?:open(?:s|ing)?|closed|closes|hours)\b",),
    "Where is {procedure}?": (r"\b(?:address|located|street|road|floor|station|bus|parking|car park)\b",),
    "Who can use {procedure}?": (r"\b(?:members?|open to|everyone|anyone|children|adults|aged|residents)\b",),
    "How do I book or join?": (r"\b(?:book(?:ing|ed)?|reserv\w+|sign up|register|join|enrol\w*|appointment)\b",),
    "What do I have to bring?": (r"\b(?:bring|wear|take with you)\b",),
    "What are the rules?": (r"\b(?:not allowed|must not|forbidden|please do not|rules|prohibited|only allowed)\b",),
    "How do I cancel?": (r"\b(?:cancel\w*|refund\w*|notice|terminate)\b",),
    "How do I get in touch?": (r"\b(?:phone|telephone|call us|email|e-mail|contact)\b",),
}  # fmt: skip


def patterns(mentions: str, keys: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Return the compiled cues of questions that have some, `mentions` being the pattern that stands for {it}."""
    return {
        question: re.compile("|".join(f"(?:{cue.replace('{it}', mentions)})" for cue in cues))
        for question in keys
        if (cues := CUES.get(question))
    }
