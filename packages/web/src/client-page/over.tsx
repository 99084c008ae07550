/** @jsxImportSource preact */
import { Screen } from "../answer/screen.tsx";

/** Nothing was filled in, and there is no need to any more. */
export function Over() {
  return (
    <Screen title="This is done">
      <p>You and your therapist have gone through this together. There is nothing more to do here.</p>
    </Screen>
  );
}
