import { PageHeader } from "../../components/page-header.tsx";
import { Altarpiece } from "./altarpiece.tsx";
import { ProtocolNote } from "./protocol-note.tsx";

/** The first page: the three services side by side, each with something of it that is alive. */
export function OverviewPage() {
  return (
    <>
      <PageHeader
        title="Triptych"
        lede="Three services, three protocols, one port. This page calls the same endpoints as any gRPC client, straight from the browser, and shows what streams in as it arrives."
      />
      <Altarpiece />
      <ProtocolNote />
    </>
  );
}
