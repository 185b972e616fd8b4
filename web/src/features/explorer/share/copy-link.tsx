import { useEffect, useState } from "react";
import { methodHref } from "../../../call-link/method-address.ts";
import { shareable } from "../../../call-link/shareable.ts";
import { type SharedCall, sharedHash } from "../../../call-link/shared-call.ts";
import { CopyButton } from "../../../components/copy-button.tsx";
import { withProtocol } from "../../../transport/protocol-search.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import classes from "./copy-link.module.css";

/** Copies a link that opens the page with a call filled in, and says what is left out of it. */
export function CopyLink({ call }: { readonly call: SharedCall }) {
  const { protocol } = useProtocol();
  const { call: shared, leftOut } = shareable(call);
  const text = JSON.stringify(shared);
  const [hash, setHash] = useState("");
  useEffect(() => {
    let isLeft = false;
    void sharedHash(JSON.parse(text)).then((made) => {
      if (!isLeft) setHash(made);
    });
    return () => {
      isLeft = true;
    };
  }, [text]);
  const link = `${window.location.origin}${withProtocol(methodHref(call.method, call.server), protocol)}${hash}`;
  return (
    <div className={classes.link}>
      <CopyButton label="Copy link to this call" caption="Copy link" text={link} />
      {leftOut.length > 0 && <span className={classes.note}>Not in the link: {leftOut.join(", ")}.</span>}
    </div>
  );
}
