import type { RecordedProtocol } from "@triptych/rpc-web";
import type { Hue } from "../components/panel.tsx";
import classes from "./protocol-chip.module.css";
import { protocolLabel } from "./protocol-label.ts";

const hues: Readonly<Record<RecordedProtocol, Hue | undefined>> = {
  "grpc-web": "lapis",
  connect: "vermilion",
  "connect-json": "verdigris",
  websocket: "ochre",
  http: undefined,
};

/** The protocol of a call, in the hue that it has in the switch of the header. */
export function ProtocolChip({ protocol }: { readonly protocol: RecordedProtocol }) {
  const hue = hues[protocol];
  return (
    <span className={classes.chip} data-hue={hue} data-plain={hue === undefined || undefined}>
      {protocolLabel(protocol)}
    </span>
  );
}
