import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Greeting, Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { memo } from "react";
import { RelativeTime } from "../../components/relative-time.tsx";
import { IsolatedNames } from "../../text/isolated-names.tsx";
import classes from "./greeting-entry.module.css";
import { ProtocolChip } from "./protocol-chip.tsx";
import { textDirection } from "./text-direction.ts";

/** What an entry shows. */
export interface GreetingEntryProps {
  readonly greeting: Greeting;
  /** The language it is in, once that is known. */
  readonly language: Language | undefined;
}

/** One greeting of the wall: what was said to whom, and how the call came in. */
export const GreetingEntry = memo(function GreetingEntry({ greeting, language }: GreetingEntryProps) {
  const { sequence, name, message, protocol, method, time } = greeting;
  return (
    <li className={classes.entry}>
      <div className={classes.content}>
        <p className={classes.line}>
          <span className={classes.message} lang={greeting.language} dir={textDirection(language)}>
            <IsolatedNames text={message} names={[name]} />
          </span>
          <span className={classes.sequence}>#{String(sequence)}</span>
        </p>
        <p className={classes.facts}>
          <bdi className={classes.name} title={name}>
            {name}
          </bdi>
          <span title={greeting.language}>{language?.englishName ?? greeting.language}</span>
          <ProtocolChip protocol={protocol} />
          <code className={classes.method} title={method}>
            {method.slice(method.lastIndexOf("/") + 1)}
          </code>
          {time !== undefined && (
            <span className={classes.time}>
              <RelativeTime time={timestampDate(time)} />
            </span>
          )}
        </p>
      </div>
    </li>
  );
});
