"""What the block for emergencies says until the library's editors write otherwise. No Django here."""

EMERGENCY_HEADING = "If this is happening now, call {emergency_number}"
EMERGENCY_TEXT = """\
Do not wait for a clinic to open or to answer. Call {emergency_number}, say what is wrong and where you \
are, and do what you are told on the phone. If you can, have somebody stay with you. Do not drive yourself."""

CRISIS_HEADING = "You can talk to somebody right now"
CRISIS_TEXT = """\
If you think of ending your life or of hurting yourself, tell somebody. There are people who listen at any \
hour, free of charge, and you do not have to give your name. If you have hurt yourself already, or are about \
to, call {emergency_number}."""

#: What a person may type while it happens, one word or phrase a line.
EMERGENCY_WORDS = """\
chest pain
chest hurts
chest pressure
chest tightness
tight chest
heart attack
can't breathe
cannot breathe
can not breathe
hard to breathe
trouble breathing
difficulty breathing
problem breathing
struggling to breathe
short of breath
shortness of breath
out of breath at rest
breathless
coughing blood
stroke
drooping face
face drooped
slurred speech
can't speak suddenly
weak on one side
numb on one side
sudden weakness
can't feel my legs
can't feel my leg
lost feeling in legs
no feeling in legs
can't move my legs
legs gave way
legs suddenly weak
paralysed
paralyzed
both legs numb
numb between legs
numb groin
numb genitals
numb saddle
numb bum
numb private parts
numb when I wipe
no feeling between legs
cauda equina
can't pee
cannot pee
can't urinate
can't wee
unable to pee
unable to urinate
can't control bladder
can't control bowels
lost bladder control
lost bowel control
loss of bladder control
loss of bowel control
wetting myself back pain
collapsed
collapsed lung
punctured lung
unconscious
passed out
won't wake up
not breathing
overdose
took too many pills
took too many tablets
poisoned
bleeding won't stop
bleeding doesn't stop
severe bleeding
sudden severe headache
worst headache
thunderclap headache
seizure
convulsions
choking
swollen throat
swollen tongue
throat closing
anaphylaxis
anaphylactic
broken neck
broken back
head injury vomiting
crise cardiaque
douleur poitrine
mal poitrine
mal respirer
AVC"""

CRISIS_WORDS = """\
suicide
suicidal
kill myself
killing myself
end my life
take my own life
want to die
wanna die
wish I was dead
better off dead
don't want to live
no reason to live
end it all
self harm
harm myself
cutting myself
hurt myself on purpose
want to hurt myself
overdose
envie de mourir
veux mourir
me tuer
me suicider"""

#: Words beside which one of those above means something else.
HARMLESS_WORDS = """\
stroke rehab
stroke rehabilitation
stroke recovery
stroke recovering
stroke survivor
stroke exercises
stroke physio
stroke physiotherapy
stroke therapy
stroke patients
after a stroke
post stroke
years since stroke
had a stroke years ago
history of stroke
breast stroke
swimming stroke
golf stroke
tennis stroke
rowing stroke
collapsed arch
collapsed arches
collapsed disc
collapsed vertebra"""


# A field's default is a function, so that a better wording needs no migration.


def emergency_words() -> str:
    """What somebody types in an emergency."""
    return EMERGENCY_WORDS


def emergency_heading() -> str:
    """Whom to call."""
    return EMERGENCY_HEADING


def emergency_text() -> str:
    """What to do."""
    return EMERGENCY_TEXT


def crisis_words() -> str:
    """What somebody types who may end their life."""
    return CRISIS_WORDS


def crisis_heading() -> str:
    """That somebody listens."""
    return CRISIS_HEADING


def crisis_text() -> str:
    """What to do."""
    return CRISIS_TEXT


def harmless_words() -> str:
    """What looks like an emergency and is none."""
    return HARMLESS_WORDS
