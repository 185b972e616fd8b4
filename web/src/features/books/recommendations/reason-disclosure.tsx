import { IconChevronDown } from "@tabler/icons-react";
import type { Reason } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useId, useState } from "react";
import { InfluenceBar } from "./influence-bar.tsx";
import { InfluenceList } from "./influence-list.tsx";
import classes from "./reason-disclosure.module.css";

/** Why a book is recommended: the sentence, a bar of the shares, and on demand which book has which share. */
export function ReasonDisclosure({ reason }: { readonly reason: Reason }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (reason.influences.length === 0) return <p className={classes.summary}>{reason.summary}</p>;
  return (
    <div>
      <button
        type="button"
        className={classes.toggle}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen((last) => !last)}
      >
        <span dir="auto">{reason.summary}</span>
        <IconChevronDown aria-hidden size={14} className={classes.chevron} />
      </button>
      <InfluenceBar influences={reason.influences} />
      <div id={id} hidden={!open}>
        {open && <InfluenceList influences={reason.influences} />}
      </div>
    </div>
  );
}
