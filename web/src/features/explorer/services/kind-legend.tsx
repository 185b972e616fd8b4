import { IconEye } from "@tabler/icons-react";
import { kindName, kindSentence, type MethodKind } from "../schema/method-kind.ts";
import { KindIcon } from "./kind-icon.tsx";
import classes from "./kind-legend.module.css";

const kinds: readonly MethodKind[] = ["unary", "server_streaming", "client_streaming", "bidi_streaming"];

/** What the pictures beside the methods mean. */
export function KindLegend() {
  return (
    <ul className={classes.legend}>
      {kinds.map((kind) => (
        <li key={kind}>
          <KindIcon kind={kind} />
          <span>
            {kindName(kind)}. {kindSentence(kind)}
          </span>
        </li>
      ))}
      <li>
        <IconEye role="img" aria-label="Read only" size={16} stroke={1.5} />
        <span>Read only. Calling it changes nothing.</span>
      </li>
    </ul>
  );
}
