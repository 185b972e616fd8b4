import { createClient } from "@connectrpc/connect";
import { Autocomplete, Button } from "@mantine/core";
import { IconServer } from "@tabler/icons-react";
import { RelayService } from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { type FormEvent, use, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { chosenMethod, explorerHref } from "../../../call-link/method-address.ts";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { withProtocol } from "../../../transport/protocol-search.ts";
import { TabSocketContext } from "../../../transport/tab-socket-context.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { ContractsControl } from "../upload/contracts-control.tsx";
import { useValues } from "../variables/environments-context.ts";
import { keepRecentServer, readRecentServers } from "./recent-servers.ts";
import { readServerAddress } from "./server-address.ts";
import classes from "./server-bar.module.css";
import { nameOfServer, useServer } from "./server-context.ts";

/** What the address of the page says of the server. */
export interface ServerBarProps {
  readonly named: string;
  /** Whether it can be asked what it serves, so that files may describe it instead. */
  readonly isAsked: boolean;
}

/** Chooses the server whose methods are called: that of the page, or another one by its address; and what describes it. */
export function ServerBar({ named, isAsked }: ServerBarProps) {
  const server = useServer();
  const [, navigate] = useLocation();
  const method = chosenMethod(useSearch());
  const { protocol } = useProtocol();
  const [text, setText] = useState(named);
  const [checked, setChecked] = useState(named);
  const [shown, setShown] = useState(named);
  const { targets, ask } = useTargets();
  const values = useValues();
  const read = readServerAddress(checked, window.location.origin, values);
  if (shown !== named) {
    // Another address of the page, such as that of a call that was opened.
    setShown(named);
    setText(named);
    setChecked(named);
  }
  const known = [...new Set([...targets, ...readRecentServers(keptForVisits)])];

  function go(address: string) {
    setChecked(address);
    const next = readServerAddress(address, window.location.origin, values);
    if ("problem" in next) return;
    const name = nameOfServer(next);
    if (name !== undefined) keepRecentServer(keptForVisits, name);
    navigate(withProtocol(explorerHref({ method, server: name }), protocol));
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    go(text);
  }

  return (
    <form className={classes.bar} aria-label="Server" onSubmit={onSubmit}>
      <div className={classes.row}>
        <Autocomplete
          aria-label="Address of the server"
          placeholder={`This server, ${window.location.host}`}
          className={classes.address ?? ""}
          data={known}
          value={text}
          error={"problem" in read ? read.problem : undefined}
          leftSection={<IconServer aria-hidden size={16} stroke={1.75} />}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onFocus={ask}
          onChange={setText}
          onOptionSubmit={go}
        />
        <Button type="submit" variant="default">
          Use
        </Button>
        {named !== "" && (
          <Button variant="subtle" onClick={() => go("")}>
            This server
          </Button>
        )}
        {isAsked && <ContractsControl />}
      </div>
      {server.kind === "direct" && <p className={classes.note}>The page calls it itself, without cookies.</p>}
      {server.kind === "relayed" && (
        <p className={classes.note}>Called over native gRPC through the relay of this server.</p>
      )}
    </form>
  );
}

/** The servers behind the relay, asked for once a person wants to choose; none where there is no relay, or the caller may not use it. */
function useTargets() {
  const socket = use(TabSocketContext);
  const [targets, setTargets] = useState<readonly string[]>();
  function ask() {
    if (targets !== undefined) return;
    setTargets([]);
    createClient(RelayService, socket())
      .listTargets({})
      .then(
        (listed) => setTargets(listed.targets),
        () => undefined,
      );
  }
  return { targets: targets ?? [], ask };
}
