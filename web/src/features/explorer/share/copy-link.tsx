import { useEffect, useState } from "react";
import { CopyButton } from "../../../components/copy-button.tsx";
import { withProtocol } from "../../../transport/protocol-search.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { methodHref } from "../services/method-address.ts";
import classes from "./copy-link.module.css";
import { messageWithoutSecrets, withoutSecrets } from "./secrets.ts";
import { type SharedCall, sharedHash } from "./shared-call.ts";

/** Copies a link that opens the page with a call filled in, and says what is left out of it. */
export function CopyLink({ call }: { readonly call: SharedCall }) {
  const { protocol } = useProtocol();
  const metadata = withoutSecrets(call.metadata);
  const request = messageWithoutSecrets(call.request);
  const leftOut = [...metadata.leftOut, ...request.leftOut];
  const text = JSON.stringify({ ...call, metadata: metadata.kept, request: request.kept });
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
  const link = `${window.location.origin}${withProtocol(methodHref(call.method), protocol)}${hash}`;
  return (
    <div className={classes.link}>
      <CopyButton label="Copy link to this call" caption="Copy link" text={link} />
      {leftOut.length > 0 && <span className={classes.note}>Not in the link: {leftOut.join(", ")}.</span>}
    </div>
  );
}
