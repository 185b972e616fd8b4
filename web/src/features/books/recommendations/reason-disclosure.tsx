import { IconChevronDown } from "@tabler/icons-react";
import type { Reason } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useId, useState } from "react";
import { IsolatedNames } from "../../../text/isolated-names.tsx";
import { InfluenceBar } from "./influence-bar.tsx";
import { InfluenceList } from "./influence-list.tsx";
import classes from "./reason-disclosure.module.css";

/** Why, and what of that is news. */
export interface ReasonDisclosureProps {
  readonly reason: Reason;
  /** Whether the shares are shown as long as nobody says otherwise. */
  readonly openByDefault: boolean;
  /** The book whose rating has just changed the list. */
  readonly changedBookId: number | undefined;
}

/** Why a book is recommended: the sentence, and on demand which book has which share; until then a bar of the shares. */
export function ReasonDisclosure({ reason, openByDefault, changedBookId }: ReasonDisclosureProps) {
  const [chosen, choose] = useState<boolean>();
  const open = chosen ?? openByDefault;
  const id = useId();
  if (reason.influences.length === 0) return <p className={classes.summary}>{reason.summary}</p>;
  return (
    <div>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => choose(!open)}
      >
        <span dir="auto">
          <IsolatedNames text={reason.summary} names={reason.influences.map(({ title }) => title)} />
        </span>
        <IconChevronDown aria-hidden size={14} className={classes.chevron} />
      </button>
      {!open && <InfluenceBar reason={reason} />}
      <div id={id} hidden={!open}>
        {open && <InfluenceList reason={reason} changedBookId={changedBookId} />}
      </div>
    </div>
  );
}
