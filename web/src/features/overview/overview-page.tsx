import { Altarpiece } from "./altarpiece.tsx";

/** The first page: the three services side by side, each with something of it that is alive. */
export function OverviewPage() {
  return <Altarpiece />;
}
