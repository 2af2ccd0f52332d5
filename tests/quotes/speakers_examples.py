"""Texts with their mentions and speakers marked, and who each speaker is."""

# <m label=... id=...> is a mention (id: its entity, none if it is not linked), <s> a speaker, whose expected
# name, entity and kind stand in it. Only the places count: what the speakers say stands behind them.
EXAMPLES = {
    "a letter before a turn is no name": "<s name='A' kind='described'>A</s>: It is closed.",
    "a name": "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said.",
    "a linked name": (
        "<s name='Salma Hartwig' entity='hartwig' kind='named'>Mayor <m label='PERSON' "
        "id='hartwig' canonical='Salma Hartwig'>S. Hartwig</m></s> said."
    ),
    "a title with an organisation is the person": (
        "<s name='Karim Brandt' kind='named'><m label='ORG' id='council'>River Council</m> "
        "spokesman <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "a description of a leader is the leader named after it": (
        "<s name='Karim Brandt' kind='named'>the leader of the <m label='ORG' id='council'>River "
        "Council</m>, <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "a description without a name stays one": (
        "<s name='a leader of the River Council' kind='described'>a leader of the <m label='ORG' "
        "id='council'>River Council</m></s> said."
    ),
    "a government is not its country": (
        "<s name='Iraq’s government' kind='organisation'><m label='GPE' id='iraq'>Iraq</m>’s "
        "government</s> said."
    ),
    "a name in marks before its noun": (
        "<s name='Valley Alliance' entity='valley' kind='organisation'>The \"<m "
        "label='FACTION' id='valley' canonical='Valley Alliance'>Valley</m>\" coalition</s> "
        "said."
    ),
    "surname after the full name": (
        "<m label='PERSON'>Karim Brandt</m> came. <s name='Karim Brandt' kind='named'><m "
        "label='PERSON'>Brandt</m></s> said."
    ),
    "surname that the engine took for an organisation": (
        "<m label='PERSON'>Karim Brandt</m> came. <s name='Karim Brandt' kind='named'><m "
        "label='ORG'>Brandt</m></s> said."
    ),
    "surname that nobody marked": (
        "<m label='PERSON'>Karim al-Brandt</m> came. <s name='Karim al-Brandt' "
        "kind='named'>Al-Brandt</s> said."
    ),
    "he is the last speaker": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. The road "
        "to <m label='GPE' id='basra'>Basra</m> was closed. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> added."
    ),
    "she is a woman": (
        "<m label='PERSON'>Fatima Hartwig</m> met <m label='PERSON'>Ahmed Brandt</m>. <s "
        "name='Fatima Hartwig' kind='pronoun'>She</s> said."
    ),
    "he is a man": (
        "<m label='PERSON'>Ahmed Brandt</m> met <m label='PERSON'>Fatima Hartwig</m>. <s "
        "name='Ahmed Brandt' kind='pronoun'>He</s> said."
    ),
    "a title tells the gender": (
        "The chairwoman <m label='PERSON'>Noa Hartwig</m> met Mr. <m label='PERSON'>Elmo "
        "Brandt</m>. <s name='Noa Hartwig' kind='pronoun'>She</s> said."
    ),
    "the subject before the object": (
        "<m label='PERSON'>Jo Brandt</m> thanked <m label='PERSON'>Vic Hartwig</m>. <s name='Jo "
        "Brandt' kind='pronoun'>He</s> said."
    ),
    "not the owner of something": (
        "<m label='PERSON'>Jo Brandt</m> read <m label='PERSON'>Vic Hartwig</m>'s letter. <s "
        "name='Jo Brandt' kind='pronoun'>He</s> said."
    ),
    "it is an organisation, not a person": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met <m "
        "label='PERSON'>Jo Brandt</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "it is an organisation rather than a place": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met in <m "
        "label='GPE' id='basra'>Basra</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "they are several": (
        "<s name='Two drivers' kind='described'>Two drivers</s> said that <m label='PERSON'>Jo "
        "Brandt</m> had left. <s name='Two drivers' kind='pronoun'>They</s> added."
    ),
    "the committee": (
        "The <m label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m> issued a statement. <s name='Coordination Committee' entity='committee' "
        "kind='organisation'>The committee</s> said."
    ),
    "the group is the last faction": (
        "The <m label='FACTION' id='council' canonical='River Council'>River Council</m> was "
        "angry. <s name='River Council' entity='council' kind='organisation'>The group</s> said."
    ),
    "a statement speaks for its author": (
        "<s name='Coordination Committee' entity='committee' kind='organisation'>The <m "
        "label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m></s> said. <s name='Coordination Committee' entity='committee' "
        "kind='document'>The statement</s> adds."
    ),
    "it, after a statement": (
        "<s name='Coordination Committee' entity='committee' kind='organisation'>The <m "
        "label='FACTION' id='committee' canonical='Coordination Committee'>Coordination "
        "Committee</m></s> said. After the statement lists the losses, <s name='Coordination "
        "Committee' entity='committee' kind='pronoun'>it</s> says."
    ),
    "a statement with an owner": (
        "<s name='Jo Brandt' kind='document'><m label='PERSON'>Jo Brandt</m>'s letter</s> says."
    ),
    "a statement by somebody": (
        "<s name='River Council' entity='council' kind='document'>a statement by the <m "
        "label='ORG' id='council' canonical='River Council'>River Council</m></s> says."
    ),
    "a new document is itself": ("<s name='A joint statement' kind='document'>A joint statement</s> says."),
    "a version of a document is itself": (
        "The <m label='ORG' id='council'>River Council</m> met. <s name='the Arabic version of the "
        "statement' kind='document'>the Arabic version of the statement</s> says."
    ),
    "a report is not its last reader": (
        "<s name='Jo Brandt' kind='named'><m label='PERSON'>Jo Brandt</m></s> said. <s name='the "
        "report' kind='document'>the report</s> says. <s name='the report' kind='pronoun'>It</s> "
        "adds."
    ),
    "unnamed officials": "<s name='A US official' kind='described'>A US official</s> said.",
    "first and second official stay apart": (
        "<s name='The first official' kind='described'>The first official</s> said. <s name='The "
        "second official' kind='described'>The second official</s> said. <s name='The first "
        "official' kind='described'>the first official</s> said. <s name='The second official' "
        "kind='described'>the second official</s> said."
    ),
    "the official is the official before": (
        "<s name='A security official' kind='described'>A security official</s> said. <s name='A "
        "security official' kind='described'>The official</s> said. <s name='A security official' "
        "kind='pronoun'>He</s> said."
    ),
    "the spokesman is the one called so": (
        "The spokesman <m label='PERSON'>Jo Brandt</m> met the driver <m label='PERSON'>Vic "
        "Hartwig</m>. <s name='Jo Brandt' kind='described'>The spokesman</s> said."
    ),
    "an apposition tells what somebody is": (
        "<m label='PERSON'>Jo Brandt</m>, a cleric from the south, met the driver <m "
        "label='PERSON'>Vic Hartwig</m>. <s name='Jo Brandt' kind='described'>The cleric</s> said."
    ),
    "the latter": (
        "When <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>, <s name='Vic "
        "Hartwig' kind='described'>the latter</s> said."
    ),
    "some of them are nobody in particular": (
        "<s name='Two drivers' kind='described'>Two drivers</s> said. <s name='others' "
        "kind='pronoun'>others</s> said."
    ),
    "a description that fits nobody stays": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the minister' kind='described'>the minister</s> said."
    ),
}

# As above, and <q> is a quotation that stands before its speaker.
PRONOUNS = {
    "recency: the last one named": (
        "<m label='PERSON'>Karim Brandt</m> came. It rained. It rained. <m label='PERSON'>Adil "
        "Hartwig</m> left. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "recency: who spoke last before who was only mentioned": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. The room of"
        " <m label='PERSON'>Adil Hartwig</m> was empty. <s name='Karim Brandt' kind='pronoun'>He</s> "
        "added."
    ),
    "recency: a chain of pronouns": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. <s "
        "name='Karim Brandt' kind='pronoun'>He</s> added. It rained. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> noted."
    ),
    "syntax: not whom a preposition governs": (
        "Serving under <m label='PERSON'>Karim Brandt</m>, <m label='PERSON'>Adil Hartwig</m> was "
        "tired. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "syntax: a preposition before a title": (
        "After talks with Envoy <m label='PERSON'>Karim Brandt</m> the driver <m label='PERSON'>Adil "
        "Hartwig</m> was tired. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "syntax: the subject of the same sentence": (
        "<s name='Karim Brandt' kind='named'><m label='PERSON'>Karim Brandt</m></s> said. <m "
        "label='PERSON'>Adil Hartwig</m> condemned what <s name='Adil Hartwig' kind='pronoun'>he</s> "
        "called a theft."
    ),
    "syntax: an owner is no subject": (
        "<m label='PERSON'>Lena Hartwig</m> wrote a letter. After reading <m label='PERSON'>Nadia "
        "Brandt</m>’s mail, <s name='Lena Hartwig' kind='pronoun'>she</s> said."
    ),
    "syntax: not the name before another noun": (
        "<m label='PERSON'>Adil Hartwig</m> came. The <m label='PERSON'>Brandt</m> campaign was "
        "closed. <s name='Adil Hartwig' kind='pronoun'>He</s> said."
    ),
    "quotation: not whom the speaker's own words name": (
        "<m label='PERSON'>Karim Brandt</m> agreed.\n“<q><m label='PERSON'>Adil Hartwig</m> did well."
        " <m label='PERSON'>Adil Hartwig</m> won</q>,” <s name='Karim Brandt' kind='pronoun'>he</s> "
        "wrote."
    ),
    "quotation: long words are no distance": (
        "<m label='PERSON'>Karim Brandt</m> came. <m label='PERSON'>Adil Hartwig</m> rose.\n“<q>One. "
        "Two. Three. Four. Five</q>,” <s name='Adil Hartwig' kind='pronoun'>he</s> wrote."
    ),
    "introduction: named for the first time just before": (
        "<m label='PERSON'>Karim Brandt</m> was old. <m label='PERSON'>Karim Brandt</m> slept. That "
        "worries the driver <m label='PERSON'>Adil Hartwig</m>.\n“<q>No</q>,” <s name='Adil Hartwig' "
        "kind='pronoun'>he</s> said."
    ),
    "paragraph: its own subject before the speaker in the one above": (
        "<s name='Adil Hartwig' kind='named'><m label='PERSON'>Adil Hartwig</m></s> said.\n<m "
        "label='PERSON'>Karim Brandt</m> faces a long trial. <s name='Karim Brandt' "
        "kind='pronoun'>He</s> noted it."
    ),
    "gender: a first name": (
        "<m label='PERSON'>Karim Brandt</m> thanked <m label='PERSON'>Melanie Hartwig</m>. <s "
        "name='Melanie Hartwig' kind='pronoun'>She</s> said."
    ),
    "gender: a surname is no first name": (
        "<m label='PERSON'>Wiebke Scott</m> came. <s name='Wiebke Scott' kind='pronoun'>She</s> said."
    ),
    "gender: a title elsewhere in the article": (
        "<m label='PERSON'>Noa Brandt</m> met <m label='PERSON'>Jo Hartwig</m>. <s name='Jo Hartwig' "
        "kind='pronoun'>He</s> said. Mrs. <m label='PERSON'>Noa Brandt</m> left."
    ),
    "gender: an earlier pronoun": (
        "<m label='PERSON'>Noa Brandt</m> came. <s name='Noa Brandt' kind='pronoun'>She</s> said. <m "
        "label='PERSON'>Jo Hartwig</m> left. <m label='PERSON'>Noa Brandt</m> stayed. <s name='Jo "
        "Hartwig' kind='pronoun'>He</s> said."
    ),
    "gender: an actress is a woman": (
        "The actress <m label='PERSON'>Noa Brandt</m> came. <m label='PERSON'>Jo Hartwig</m> wrote to"
        " the actress <m label='PERSON'>Noa Brandt</m>. <s name='Jo Hartwig' kind='pronoun'>He</s> "
        "said."
    ),
    "number: they are not one": (
        "<s name='Three guards' kind='described'>Three guards</s> said. <m label='PERSON'>Jo "
        "Brandt</m> left. <s name='Three guards' kind='pronoun'>They</s> said."
    ),
    "number: they may be a group": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. <s "
        "name='River Council' entity='council' kind='pronoun'>They</s> said."
    ),
    "number: nobody in particular is no antecedent": (
        "<m label='PERSON'>Jo Brandt</m> waited. Then <s name='someone' kind='described'>someone</s> "
        "asked. <s name='Jo Brandt' kind='pronoun'>He</s> said."
    ),
    "kind: it is no person": (
        "<m label='PERSON'>Jo Brandt</m> left. <s name='It' kind='pronoun'>It</s> said."
    ),
    "kind: it is not the town": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. It rained "
        "in <m label='GPE' id='basra'>Basra</m>. <s name='River Council' entity='council' "
        "kind='pronoun'>It</s> said."
    ),
    "kind: who spoke without a name": (
        "<m label='PERSON'>Jo Brandt</m> left. <s name='A herder' kind='described'>A herder</s> said."
        " <s name='A herder' kind='pronoun'>He</s> said."
    ),
    "namesakes: the surname goes on meaning the first": (
        "<m label='PERSON'>Adil Brandt</m> rose. He kept a photo of <m label='PERSON'>Lena "
        "Brandt</m>. <s name='Adil Brandt' kind='named'><m label='PERSON'>Brandt</m></s> said. <s "
        "name='Adil Brandt' kind='pronoun'>He</s> added."
    ),
    "namesakes: named together, either may be meant": (
        "<m label='PERSON'>Adil Brandt</m> and his sister <m label='PERSON'>Lena Brandt</m> run "
        "the mill. <s name='Brandt' kind='named'><m label='PERSON'>Brandt</m></s> said."
    ),
    "namesakes: a title tells which of two is meant": (
        "<m label='PERSON'>Adil Brandt</m> and his sister <m label='PERSON'>Lena Brandt</m> run "
        "the mill. <s name='Lena Brandt' kind='named'>Ms. <m label='PERSON'>Brandt</m></s> said."
    ),
    "namesakes: another one takes it over at the head of a sentence": (
        "<m label='PERSON'>Adil Brandt</m> rose. Council Secretary <m label='PERSON'>Karim Brandt</m>"
        " sat. <s name='Karim Brandt' kind='named'><m label='PERSON'>Brandt</m></s> said."
    ),
}

DESCRIPTIONS = {
    "noun: a title before the name": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> met the driver <m label='PERSON'>Vic Hartwig</m>."
        " <s name='Jo Brandt' kind='described'>The lawyer</s> said."
    ),
    "noun: a description before a comma and the name": (
        "A spokesman for the guards, <m label='PERSON'>Jo Brandt</m>, met <m label='PERSON'>Vic "
        "Hartwig</m>. <s name='Jo Brandt' kind='described'>The spokesman</s> said."
    ),
    "noun: an abbreviated title": (
        "Sen. <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>. <s name='Jo "
        "Brandt' kind='described'>The senator</s> said."
    ),
    "noun: a speaker after a comma is no apposition": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> came. It rained on <m label='PERSON'>Vic "
        "Hartwig</m>, <s name='Jo Brandt' kind='described'>the lawyer</s> said."
    ),
    "noun: another word for the same": (
        "The attorney <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>. <s "
        "name='Jo Brandt' kind='described'>The lawyer</s> said."
    ),
    "noun: a title given long before": (
        "The lawyer <m label='PERSON'>Jo Brandt</m> came. <m label='PERSON'>Jo Brandt</m> met <m "
        "label='PERSON'>Vic Hartwig</m>. It rained. It rained. <s name='Jo Brandt' "
        "kind='described'>The lawyer</s> said."
    ),
    "modifier: the party tells two candidates apart": (
        "Green nominee <m label='PERSON'>Jo Brandt</m> came. Blue nominee <m label='PERSON'>Vic "
        "Hartwig</m> came. <s name='Jo Brandt' kind='described'>The Green nominee</s> said."
    ),
    "modifier: not who is called by another party's": (
        "Blue nominee <m label='PERSON'>Vic Hartwig</m> came. It rained. It rained. It rained. <m "
        "label='PERSON'>Jo Brandt</m> came. <s name='Jo Brandt' kind='described'>The Green "
        "nominee</s> said."
    ),
    "variation: new words for who was just named": (
        "<m label='PERSON'>Jo Brandt</m> was angry. <s name='Jo Brandt' kind='described'>The Basra "
        "cleric</s> said."
    ),
    "variation: not for the subject of the same sentence": (
        "<m label='PERSON'>Jo Brandt</m> left <m label='PERSON'>Vic Hartwig</m> after <s name='Vic "
        "Hartwig' kind='described'>the young cleric</s> said."
    ),
    "variation: for the subject of a clause in front": (
        "When <m label='PERSON'>Jo Brandt</m> met <m label='PERSON'>Vic Hartwig</m>, <s name='Jo Brandt' "
        "kind='described'>the young cleric</s> said."
    ),
    "variation: not for one of another gender": (
        "<m label='PERSON'>Adil Brandt</m> came. <m label='PERSON'>Lena Hartwig</m> left. <s "
        "name='Adil Brandt' kind='described'>The Basra businessman</s> said."
    ),
    "variation: not for somebody named long before": (
        "<m label='PERSON'>Jo Brandt</m> came. It rained. It rained. It rained. It rained. <s "
        "name='the Basra cleric' kind='described'>the Basra cleric</s> said."
    ),
    "variation: a bare noun is somebody new": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the cleric' kind='described'>the cleric</s> said."
    ),
    "variation: sources keep their names back": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the security source' kind='described'>the "
        "security source</s> said."
    ),
    "owner: who was called so in full": (
        "An attorney for <m label='PERSON'>Vic Hartwig</m>, <m label='PERSON'>Jo Brandt</m>, came. <s"
        " name='Jo Brandt' kind='described'><m label='PERSON'>Hartwig</m>'s lawyer</s> said."
    ),
    "owner: not the owner": (
        "<m label='PERSON'>Vic Hartwig</m> came. <s name='Hartwig’s lawyer' kind='described'><m "
        "label='PERSON'>Hartwig</m>’s lawyer</s> said."
    ),
    "title with of: the name at its end": (
        "<s name='Karim Brandt' kind='named'>Secretary of State <m label='PERSON'>Karim Brandt</m></s> said."
    ),
    "title with of: not the name after a preposition": (
        "<s name='A friend of Karim Brandt' kind='described'>A friend of <m label='PERSON'>Karim "
        "Brandt</m></s> said."
    ),
    "unnamed: the third source stays apart": (
        "<s name='One source' kind='described'>One source</s> said. <s name='A third source' "
        "kind='described'>A third source</s> said. <s name='A third source' kind='described'>The "
        "third source</s> said."
    ),
    "group: its own noun": (
        "The <m label='ORG' id='ministry' canonical='Ministry of Rivers'>Ministry of Rivers</m> met "
        "the <m label='ORG' id='council' canonical='River Council'>River Council</m>. <s "
        "name='Ministry of Rivers' entity='ministry' kind='organisation'>The ministry</s> said."
    ),
    "group: no noun of its": (
        "The <m label='ORG' id='council' canonical='River Council'>River Council</m> met. <s "
        "name='the ministry' kind='organisation'>the ministry</s> said."
    ),
    "group: a person is none": (
        "<m label='PERSON'>Jo Brandt</m> came. <s name='the group' kind='organisation'>the group</s> said."
    ),
}

SPEAKERS = EXAMPLES | PRONOUNS | DESCRIPTIONS
