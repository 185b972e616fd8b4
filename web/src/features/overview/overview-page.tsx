import { PageHeader } from "../../components/page-header.tsx";
import { Altarpiece } from "./altarpiece.tsx";

/** The first page: the three services side by side, each with something of it that is alive. */
export function OverviewPage() {
  return (
    <>
      <PageHeader
        title="Three services, three protocols, one port"
        lede="This page calls the same endpoints as any gRPC client, straight from the browser, and shows what streams in as it arrives. Choose another protocol at the top, and the same page speaks that instead."
      />
      <Altarpiece />
    </>
  );
}
