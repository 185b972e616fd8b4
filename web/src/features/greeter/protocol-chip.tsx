import { Protocol } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { Hue } from "../../components/panel.tsx";
import classes from "./protocol-chip.module.css";

/** The hues are those of the switch in the header, as far as it has the protocol. */
const looks: Readonly<Record<Protocol, { readonly label: string; readonly hue: Hue | undefined }>> = {
  [Protocol.UNSPECIFIED]: { label: "unknown", hue: undefined },
  [Protocol.GRPC]: { label: "gRPC", hue: "verdigris" },
  [Protocol.GRPC_WEB]: { label: "gRPC-Web", hue: "lapis" },
  [Protocol.CONNECT]: { label: "Connect", hue: "vermilion" },
};

/** The protocol that a call came through, in that protocol's hue. */
export function ProtocolChip({ protocol }: { readonly protocol: Protocol }) {
  // A newer server may know protocols that this page does not.
  const { label, hue } = looks[protocol] ?? looks[Protocol.UNSPECIFIED];
  return (
    <span className={classes.chip} data-hue={hue} data-known={hue !== undefined || undefined}>
      {label}
    </span>
  );
}
