import { protocols } from "../transport/protocol.ts";
import { useProtocol } from "../transport/use-protocol.ts";

/** Says which protocol the page is using. */
export function ProtocolNote() {
  const { protocol } = useProtocol();
  const name = protocols.find((info) => info.protocol === protocol)?.longLabel;
  return (
    <p>
      Every call from this page goes over <strong>{name}</strong>.
    </p>
  );
}
