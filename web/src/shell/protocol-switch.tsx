import { useId } from "react";
import type { Hue } from "../components/panel.tsx";
import { type Protocol, protocols } from "../transport/protocol.ts";
import { useProtocol } from "../transport/use-protocol.ts";
import classes from "./protocol-switch.module.css";

const hues: Readonly<Record<Protocol, Hue>> = {
  "grpc-web": "lapis",
  connect: "vermilion",
  "connect-json": "verdigris",
  websocket: "ochre",
};

/** Chooses the protocol that every call of the app goes over, from now on. */
export function ProtocolSwitch() {
  const { protocol: chosen, setProtocol } = useProtocol();
  const name = useId();
  return (
    <fieldset className={classes.switch}>
      <legend className={classes.legend}>Protocol</legend>
      {protocols.map(({ protocol, label, longLabel }) => (
        <label key={protocol} className={classes.option} data-hue={hues[protocol]} title={longLabel}>
          <input
            type="radio"
            name={name}
            value={protocol}
            checked={protocol === chosen}
            onChange={() => setProtocol(protocol)}
          />
          <span className={classes.label}>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
