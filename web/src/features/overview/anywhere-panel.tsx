import { CopyButton } from "../../components/copy-button.tsx";
import { Panel } from "../../components/panel.tsx";
import classes from "./anywhere-panel.module.css";
import { commandsFor } from "./commands.ts";
import { GreetingWall } from "./greeting-wall.tsx";
import type { LatestGreetings } from "./use-latest-greetings.ts";

/** Lines for a terminal, and beside them the wall on which what they do appears. */
export function AnywherePanel({ greetings }: { readonly greetings: LatestGreetings }) {
  return (
    <Panel title="Call it from a terminal, and see it here" hue="vermilion">
      <div className={classes.columns}>
        <ul className={classes.commands}>
          {commandsFor(window.location.origin).map(({ name, protocol, text }) => (
            <li key={name}>
              <div className={classes.head}>
                <span>
                  <strong>{name}</strong> <span className={classes.protocol}>over {protocol}</span>
                </span>
                <CopyButton label={`Copy the line for ${name}`} text={text} />
              </div>
              <pre className={classes.text}>{text}</pre>
            </li>
          ))}
        </ul>
        <div className={classes.wall}>
          <p className={classes.lede}>Each greeting made on this server appears here as it is made, by any client.</p>
          <GreetingWall greetings={greetings} />
        </div>
      </div>
    </Panel>
  );
}
