"""The leak test: every address there is, filled with a neighbour's objects, asked for as everybody else.

`world` makes two clinics, `addresses` lists what can be asked for, `people` who asks, `asking` asks and keeps
what came of it, `judging` says what of that is a leak, and `report` counts.
"""
