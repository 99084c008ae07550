/** A small file as one may write it by hand: what is needed, and readable ids of one's own where the parts of a chapter name each other. */
export const ownLibrarySample = `trellis: own-library

items:
  - kind: intervention            # definition, goal, objective, intervention, outcome or discharge
    text: Walks a round of the park with the client and talks there.
    plain: We walk in the park and talk.

chapters:
  - id: rest-from-work
    title: Rest from work
    diagnoses: [Z73.0]            # drafts for these codes are made from this chapter
    synonyms: [burnout, overwork]

    measures:
      - id: phq9
        everyWeeks: 4

    definitions:
      - id: nights
        text: Works at night and on weekends, and is tired in the morning.
        area: work-or-school

    goals:
      - id: evenings
        text: Evenings and weekends are free of work.
        plain: Your evenings and weekends are your own.
        definitions: [nights]

    objectives:
      - id: free-evenings
        goals: [evenings]
        text: Keep {target} evenings a week free of work, up from {baseline}, by {date}.
        metric: {kind: count, unit: evenings a week, direction: increase, target: 4, max: 7}
        weeks: 8
      - id: mood
        goals: [evenings]
        text: See {measure} fall from {baseline} to {target} or below by {date}.
        metric: {kind: measure, measure: phq9, direction: decrease, target: cutoff}

    interventions:
      - objectives: [free-evenings]
        text: Plans the evenings of the week with the client, with what is said when work calls.
        approach: cbt
        technique: activity scheduling
      - objectives: [free-evenings, mood]
        text: Looks back on the week with the client, and asks what each free evening was good for.

    risks:
      - sign: Falls asleep at the wheel, or thinks of death.
        act: Asks about both in every session, and agrees at once on what is done.
`;
