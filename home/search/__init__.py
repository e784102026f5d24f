"""A patient's search of one clinic's site, from the words typed to the results shown.

| module | what it answers |
|---|---|
| `words` | what did they type, as words to be compared (no Django) |
| `emergencies` | is it an emergency (no Django) |
| `help_now` | and what is said then, before any result |
| `dictionary` | which words are English ones (no Django) |
| `spelling` | which known word was meant (no Django) |
| `vocabulary` | which words does this clinic's site use |
| `synonyms` | which words mean the same, or lead to others |
| `wanted` | so what is looked for |
| `catalogue` | which pages may be found, and by what names |
| `matching` | which of them hold the words, asked of the database's index |
| `ranking` | which come first (no Django) |
| `extracts` | what to show of each (no Django) |
| `finding` | all of it, in order |
| `views`, `groups` | the page that shows it |
| `missing` | what was looked for in vain |
| `models` | what a clinic puts first, and how often something was looked for in vain |
| `admin` | the list of that for the clinic |
"""
