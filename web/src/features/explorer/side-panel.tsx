import { Skeleton, Tabs } from "@mantine/core";
import { type ReactNode, Suspense, useState } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import tabs from "../../components/tabs.module.css";
import { PartFailure } from "../../shell/part-failure.tsx";
import type { KeptCall } from "./history/kept-calls.ts";
import classes from "./side-panel.module.css";

const CallsPanel = lazyPart(
  async () => (await import("./history/calls-panel.tsx")).CallsPanel,
  () => PartFailure({}),
);

const VariablesPanel = lazyPart(
  async () => (await import("./variables/variables-panel.tsx")).VariablesPanel,
  () => PartFailure({}),
);

/** What can be called, and the calls that are kept. */
export interface SidePanelProps {
  /** The choice of a method. */
  readonly methods: ReactNode;
  /** Hears that a call is to be shown that was made or saved. */
  readonly onOpen: (call: KeptCall) => void;
}

/** The choice of a method, the calls that are kept, and the variables, one at a time. */
export function SidePanel({ methods, onOpen }: SidePanelProps) {
  const [shown, setShown] = useState("methods");
  return (
    <Tabs value={shown} onChange={(next) => setShown(next ?? "methods")} className={classes.side ?? ""}>
      <Tabs.List aria-label="Choose from" className={tabs.list ?? ""}>
        <Tabs.Tab value="methods" className={tabs.tab ?? ""}>
          Methods
        </Tabs.Tab>
        <Tabs.Tab value="calls" className={tabs.tab ?? ""}>
          Calls
        </Tabs.Tab>
        <Tabs.Tab value="variables" className={tabs.tab ?? ""}>
          Variables
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="methods" className={classes.panel ?? ""}>
        {methods}
      </Tabs.Panel>
      <Tabs.Panel value="calls" className={classes.panel ?? ""}>
        {shown === "calls" && (
          <Suspense fallback={<Skeleton height="10rem" />}>
            <CallsPanel onOpen={onOpen} />
          </Suspense>
        )}
      </Tabs.Panel>
      <Tabs.Panel value="variables" className={classes.panel ?? ""}>
        {shown === "variables" && (
          <Suspense fallback={<Skeleton height="10rem" />}>
            <VariablesPanel />
          </Suspense>
        )}
      </Tabs.Panel>
    </Tabs>
  );
}
