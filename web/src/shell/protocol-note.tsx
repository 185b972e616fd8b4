import { protocols } from "../../transport/protocol.ts";
import { useProtocol } from "../../transport/use-protocol.ts";
import classes from "./protocol-note.module.css";

/** Says which protocol the page is using, and that another can be chosen. */
export function ProtocolNote() {
  const { protocol } = useProtocol();
  const name = protocols.find((info) => info.protocol === protocol)?.longLabel;
  return (
    <p className={classes.note}>
      Every call on this page goes over <strong>{name}</strong>. Choose another protocol at the top, and the same page
      speaks that instead.
    </p>
  );
}
