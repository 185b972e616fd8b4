import type { Registry } from "@bufbuild/protobuf";
import { Button } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { useState } from "react";
import { useLocation } from "wouter";
import { useProtocol } from "../transport/use-protocol.ts";
import { explorerLink } from "./explorer-link.ts";

/** The call to open, and the messages that may be inside an Any. */
export interface ExplorerButtonProps {
  readonly call: RecordedCall;
  readonly types: Registry;
}

/** Opens the Explorer, in this tab, with the call filled in; says so where its message is not kept whole. */
export function ExplorerButton({ call, types }: ExplorerButtonProps) {
  const [, navigate] = useLocation();
  const { protocol } = useProtocol();
  const [isUnreadable, setUnreadable] = useState(false);
  async function open() {
    const link = await explorerLink(call, protocol, types);
    if (link === undefined) setUnreadable(true);
    else navigate(link);
  }
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => void open()}>
        Open in Explorer
      </Button>
      {isUnreadable && <span role="alert">The message is not kept whole.</span>}
    </>
  );
}
