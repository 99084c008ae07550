import { Badge, List, Text } from "@mantine/core";
import type { Library } from "@trellis/domain/library/library";
import { orderOfProblems } from "@trellis/domain/off-track/order-of-problems";
import type { Plan } from "@trellis/domain/plan/plan";
import { SourceList } from "../library/source-list.tsx";
import { Card } from "../shell/card.tsx";
import classes from "./off-track.module.css";

const stateNames = { active: "", "on-hold": "On hold", deferred: "Deferred", resolved: "Resolved" } as const;

/** Which of several problems to treat first and why, what is on hold, and how they change each other's treatment. */
export function ProblemOrder({ plan, library }: { readonly plan: Plan; readonly library: Library }) {
  const ordered = orderOfProblems(plan, library);
  const asPlanned = ordered.map(({ problem }) => problem.id).join() === plan.problems.map(({ id }) => id).join();
  return (
    <Card title="Which problem first">
      {!asPlanned && (
        <Text size="sm" c="dimmed" mb="sm">
          The plan has another order. Change it there if you agree with this one.
        </Text>
      )}
      <ol className={classes.problems}>
        {ordered.map(({ problem, why, interactions }) => (
          <li key={problem.id} data-status={problem.status}>
            <Text fw={600}>
              {problem.title}{" "}
              {stateNames[problem.status] !== "" && (
                <Badge color="stone" component="span">
                  {stateNames[problem.status]}
                </Badge>
              )}
            </Text>
            <Text size="sm">{why.join(" ")}</Text>
            {interactions.length > 0 && (
              <details>
                <summary>How it changes the treatment of the others</summary>
                <List size="sm" mt={4}>
                  {interactions.map((one) => (
                    <List.Item key={one.withProblem}>
                      <strong>{one.title}:</strong> {one.advice}
                      <SourceList library={library} evidence={one.evidence} />
                    </List.Item>
                  ))}
                </List>
              </details>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
