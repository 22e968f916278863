import pytest

from faqbot.search.agreement import Conflict, conflicts
from faqbot.search.foreign import in_another_language, named_instead


@pytest.mark.parametrize(
    ("question", "wording", "kind"),
    [
        # numbers, with what they count
        ("is room 14 free", "Is room 41 free?", "number"),
        ("what does fault F07 mean", "What does fault F70 mean?", "number"),
        ("how do i get version 2.4", "How do I get v2.3?", "number"),
        ("may my 9 year old ride", "May children aged 14 ride?", "number"),
        ("is 40 mg too much", "Is 20 mg too much?", "number"),
        ("is it done in 2 days", "Is it done in 72 hours?", "number"),
        ("are you there at 7 pm", "Are you there at 7 am?", "number"),
        ("is there a class on friday", "Is there a class on Mondays?", "thing"),
        ("are you closed in january", "Are you closed in August?", "thing"),
        ("can five of us share", "Can three of us share?", "number"),
        ("is there a 20 euro ticket", "Is there a €10 ticket?", "number"),
        ("what is vitamin k for", "What is vitamin D for?", "number"),
        # names with a sign
        ("do you use c", "Do you use C++?", "name"),
        ("is there a C# group", "Is there a C group?", "name"),
        ("what is an A-", "What is an A+?", "name"),
        ("am i o+", "Am I O-?", "name"),
        # people and other names
        ("does dr. hale see babies", "Does Dr. Moreno see babies?", "name"),
        ("is professor okafor in today", "Is Professor Lindqvist in today?", "name"),
        ("is vorexa safe for lambs", "Is Zelumin safe for lambs?", "name"),
        ("is the guide called mary there on sunday", "Is the guide called Steve there on Sunday?", "name"),
        # things of a kind
        ("do you post to chile", "Do you post to Peru?", "thing"),
        ("is supper in the price", "Is brunch in the price?", "thing"),
        ("what is in the bronze plan", "What is in the platinum plan?", "thing"),
        ("may i pay with paypal", "May I pay with Mastercard?", "thing"),
        ("is there a guide in danish", "Is there a guide in Welsh?", "thing"),
        ("does it run on macos", "Does it run on Windows?", "thing"),
        ("is the tent there in blue", "Is the tent there in green?", "thing"),
        ("can my aunt collect it", "Can my brother collect it?", "thing"),
        ("can you treat my neck", "Can the treatment be done on the scalp?", "thing"),
        ("will a facelift leave marks", "Will liposuction leave marks?", "thing"),
        ("is the monthly pass refunded", "Is the annual pass refunded?", "thing"),
        ("is a small boat in stock", "Is a large boat in stock?", "thing"),  # a word of more meanings, in its place
        ("do you sharpen scythes", "Do you sharpen chisels?", "thing"),  # a noun in the place of another
        ("is there a fee for marquees", "Is there a fee for bonfires?", "thing"),
        # bounds
        ("may riders under 10 join", "May riders over 10 join?", "number"),
        ("is it free for those 70 and above", "Is it free for people aged 65 or older?", "number"),
        ("can i come before 6 am", "Can I come before 8 am?", "number"),
        ("are up to 4 tents ok", "Are 4 tents or more ok?", "number"),
        # opposites
        ("how do i unlock the gate", "How do I lock the gate?", "opposite"),
        ("turn the alarm off", "How do I turn on the alarm?", "opposite"),
        ("deactivate the alarm", "How do I switch on the alarm?", "opposite"),
        ("will it enlarge my garden", "Will it make my garden smaller?", "opposite"),
        ("does it enlarge ponds", "Can enlarged ponds be made smaller?", "opposite"),  # a state gives way to the deed
        ("how do i block a user", "How do I unblock a blocked user?", "opposite"),
        ("is the gate closed on holidays", "Is the gate open on holidays?", "opposite"),
        ("does the cream worsen itching", "Does the cream improve itching?", "opposite"),
        ("may i sing after the meal", "May I sing during the meal?", "opposite"),
        ("can i sell a canoe here", "Can I buy a canoe here?", "opposite"),
        ("is the cellar vacant", "Is the cellar occupied?", "opposite"),
        ("how do i tighten the strap", "How do I loosen the strap?", "opposite"),
        ("may i drink after the operation", "May I drink before the operation?", "opposite"),
        ("is it ok without a helmet", "Is it ok with a helmet?", "opposite"),
        ("is the hall nonsmoking", "Is the hall for smoking?", "opposite"),
        ("how do i stop following someone", "How do I follow someone?", "opposite"),
        # who can and who cannot, what is wanted and what is not
        ("who cannot join a trip", "Who can join a trip?", "negation"),
        ("who may join", "Who may not join?", "negation"),
        ("what should i not wear", "What should I wear?", "negation"),
        ("i don't want to pay", "How do I pay?", "negation"),
        # directions
        ("from york to leeds", "Is there a coach from Leeds to York?", "direction"),
        ("to leeds from york", "Is there a coach from Leeds to York?", "direction"),
        ("does the guest pay the host", "Does the host pay the guest?", "direction"),
        ("copy files from the phone to the desktop", "How do I copy files from the desktop to the phone?", "direction"),
    ],
)
def test_a_wording_that_says_otherwise_is_in_conflict(question, wording, kind):
    assert [conflict.kind for conflict in conflicts(question, wording)] == [kind]


@pytest.mark.parametrize(
    ("question", "wording"),
    [
        ("is room 14 free", "Is a room free?"),  # what is not mentioned is not contradicted
        ("is a room free", "Is room 14 free?"),
        ("we are 4, is room 14 free", "Is room 14 free?"),
        ("upgrade to 3", "How do I upgrade to 3.0?"),
        ("is 24 hours enough", "Is 1 day enough?"),
        ("can my 9 year old ride", "Can children under 12 ride?"),  # a bound, and no number
        ("i have 3 dogs, is form B12 for me", "What is form B12 for?"),
        ("mondays?", "Are you there on Monday?"),
        ("c++ lessons", "Do you teach C++?"),
        ("a cat", "Is A+ a grade?"),
        ("how do i disable it", "How do I switch it off?"),
        ("i don't want to get letters", "How do I stop getting letters?"),
        ("my door is locked", "How do I unlock my door?"),  # a state, and no deed
        ("when do you close", "When do you open?"),  # one list of hours answers both
        ("can't i bring my dog", "Can I bring my dog?"),
        ("why can i not log in", "How do I log in?"),
        ("who is not allowed to join", "Who may not join?"),
        ("is it non smoking", "Is it nonsmoking?"),
        ("york from leeds", "Is there a coach from Leeds to York?"),
        ("is the guest paid by the host", "Does the host pay the guest?"),
        ("will my child be paid before the course", "What do children get before the course?"),
        ("may my puppy come in", "May dogs come in?"),  # a sort of it
        ("is it in the uk", "Is it in Great Britain?"),
        ("we live in rome, do you post to peru", "Do you post to Peru?"),
        ("do you post to spain", "Do you post to countries outside France?"),
        ("small question: what is a large order", "From what on is an order large?"),
        ("is the hall free on the day of the large fair, we are small", "Is the large hall ours at the fair?"),
        ("does a doctor see babies", "Does Dr. Moreno see babies?"),
        ("are kids charged for canoes", "Are children charged for canoes?"),  # written for each other
        ("what does the toll cost", "What is the price of the toll?"),
        ("do you sharpen chizels", "Do you sharpen chisels?"),  # a slip
        ("can someone who is 9 join", "Can riders under 10 join?"),
        ("may riders of 10 or under join", "May riders join up to 10?"),
        ("i went from 3 to 4, may i go back to 3", "How do I go back to 3?"),
        ("my gate is closed", "How do I open my gate?"),
        ("can i buy a canoe of you", "Do you sell canoes?"),  # what one buys, the other sells
        ("does prof lindqvist teach", "Does Professor Lindqvist teach?"),
        ("does above 30 metres count as deep", "Is it deep above 30 metres?"),
        ("", ""),
    ],
)
def test_nothing_else_is(question, wording):
    assert conflicts(question, wording) == ()


@pytest.mark.parametrize(
    ("question", "wording", "also"),
    [
        ("what does fault F07 mean", "What does fault F70 mean?", "F70 is heat, F07 is cold."),
        ("are you closed in january", "Are you closed in August?", "In August and in January."),
        ("may i drink after the operation", "May I drink before the operation?", "Neither before it nor after it."),
        ("deactivate the alarm", "How do I switch on the alarm?", "Turn the knob; to turn it off, turn it back."),
    ],
)
def test_what_the_answer_speaks_of_is_no_conflict(question, wording, also):
    assert conflicts(question, wording)
    assert conflicts(question, wording, [also]) == ()


def test_another_opposite_that_both_have_settles_nothing():
    question, wording = "are there more leaves after a storm", "Are there fewer leaves after a storm?"
    assert conflicts(question, wording, ["After how many days are there fewer leaves?"]) == conflicts(question, wording)
    assert conflicts(question, wording) != ()


def test_a_conflict_says_what_was_asked_and_what_is_held_instead():
    assert conflicts("is room 14 free", "Is room 41 free?") == (Conflict("number", "14", "41"),)
    assert conflicts("lock it", "How do I unlock it?") == (Conflict("opposite", "lock", "unlock"),)


@pytest.mark.parametrize(
    ("question", "wording", "kind"),
    [
        ("is lunch not included", "Is lunch included?", "negation"),
        ("are dogs banned from the garden", "Are dogs allowed in the garden?", "negation"),
        ("can i never pay by card", "Can I pay by card?", "negation"),
        ("is the pool closed on monday", "Is the pool open on Monday?", "opposite"),
        ("do you sell clocks", "Do you buy clocks?", "opposite"),
    ],
)
def test_yes_and_no_are_no_answer_to_the_opposite(question, wording, kind):
    for answer in ("Yes, from ten.", "No."):
        assert [conflict.kind for conflict in conflicts(question, wording, answer=answer)] == [kind]


@pytest.mark.parametrize(
    ("question", "wording", "answer"),
    [
        ("isn't lunch included", "Is lunch included?", "Yes."),  # which asks if it is
        ("can't i pay by card", "Can I pay by card?", "Yes."),
        ("can you send it so i need not come in", "Can you send it?", "Yes."),
        ("does it work with no phone or do i need one", "Does it work offline?", "Yes."),
        ("is the pool closed on monday", "When is the pool open?", "From ten to six."),
        ("is lunch not included", "Is lunch included?", "Lunch is in the price."),  # which tells either what it is
        ("yesterday it was not open", "Is it open?", "Yesterday it was."),
    ],
)
def test_what_other_answers_and_other_denials_leave_open(question, wording, answer):
    assert conflicts(question, wording, answer=answer) == ()


PEELS = frozenset({"peel", "peeling"})


@pytest.mark.parametrize(
    ("question", "wording", "other"),
    [
        ("does waxing hurt", "Does peeling hurt?", "waxing"),
        ("how long does a tattoo take", "How long does a session take?", "tattoo"),
        ("is threading safe", "Is it safe?", "threading"),
        ("will a laser help me too", "Who can have a peel?", "laser"),  # of its kind, and not in this entry
        ("what about botox", "What else is there?", ""),
        ("does peeling hurt", "Does peeling hurt?", ""),
        ("does it hurt", "Does peeling hurt?", ""),
        ("does the procedure hurt", "Does peeling hurt?", ""),
        ("does the acid hurt", "Does peeling hurt?", ""),  # an entry knows it
        ("what will i pay", "What does a peel cost?", ""),
        ("do you take cards", "How do I book a peel?", ""),
    ],
)
def test_what_no_entry_knows_in_the_place_of_the_subject_is_another(question, wording, other):
    found = named_instead(question, wording, PEELS, {"acid", "cost", "laser"}.__contains__, {"botox"}.__contains__)
    assert (found.asked if found else "") == other


@pytest.mark.parametrize(
    ("question", "is_foreign"),
    [
        ("wie viel kostet ein Zelt", True),
        ("combien coute une tente", True),
        ("cuanto cuesta una tienda", True),
        ("quanto costa una tenda", True),
        ("hoe lang duurt het", True),
        ("kostet ein Zelt", False),  # an entry has these words
        ("hw much dose a tnt cst", False),  # slips
        ("wie gehts mate, how much is a big tent", False),  # most of it is English
        ("how long does it take", False),
        ("", False),
    ],
)
def test_most_of_a_question_in_another_language_is_told(question, is_foreign):
    known = {"kostet", "zelt"} if question.startswith("kostet") else set()
    assert (in_another_language(question, "What does a tent cost?", known.__contains__) is not None) is is_foreign
