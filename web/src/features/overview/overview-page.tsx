import { Suspense } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { Altarpiece } from "./altarpiece.tsx";
import { AnywherePanel } from "./anywhere-panel.tsx";
import { MoreCards } from "./more-cards.tsx";
import { OnePortPicture } from "./one-port-picture.tsx";
import classes from "./overview-page.module.css";
import { useLatestGreetings } from "./use-latest-greetings.ts";

const ProtocolComparison = lazyPart(
  async () => (await import("./protocol-comparison.tsx")).ProtocolComparison,
  () => null,
);
// As good as nobody waits for them.
const ProjectLinksList = lazyPart(
  async () => (await import("./project-links.tsx")).ProjectLinksList,
  () => null,
);

/** The first page: what this is, seen to work: calls from anywhere, the three services, the bytes of a call, and what else there is. */
export function OverviewPage() {
  const greetings = useLatestGreetings();
  return (
    <div className={classes.page}>
      <AnywherePanel greetings={greetings} />
      <Altarpiece />
      <div className={classes.picture}>
        <OnePortPicture />
      </div>
      <Suspense fallback={null}>
        <ProtocolComparison />
      </Suspense>
      <MoreCards />
      <Suspense fallback={null}>
        <ProjectLinksList />
      </Suspense>
    </div>
  );
}
