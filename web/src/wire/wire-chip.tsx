import type { Hue } from "../components/hue.ts";
import { protocolLabel } from "./protocol-label.ts";
import classes from "./wire-chip.module.css";
import type { WireProtocol } from "./wire-format.ts";

const hues: Readonly<Record<WireProtocol, Hue | undefined>> = {
  "grpc-web": "lapis",
  connect: "vermilion",
  "connect-json": "verdigris",
  websocket: "ochre",
  http: undefined,
};

/** The protocol of a call, in the hue that it has in the switch of the header. */
export function WireChip({ protocol }: { readonly protocol: WireProtocol }) {
  const hue = hues[protocol];
  return (
    <span className={classes.chip} data-hue={hue} data-plain={hue === undefined || undefined}>
      {protocolLabel(protocol)}
    </span>
  );
}
