import { Code, ConnectError } from "@connectrpc/connect";
import { useQuery } from "@connectrpc/connect-query";
import { Button, Skeleton } from "@mantine/core";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { useParams } from "wouter";
import { EmptyState } from "../../../components/empty-state.tsx";
import { PageHeader } from "../../../components/page-header.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { AppLink } from "../../../shell/app-link.tsx";
import { shortNumber } from "../orders/short-number.ts";
import { Receipt } from "./receipt.tsx";

/** The page of one order: what the server lets this caller see of it. */
export function ReceiptPage() {
  const { id = "" } = useParams<{ readonly id: string }>();
  const { data, error, refetch } = useQuery(OrderService.method.getOrder, { id });
  const order = data?.order;
  if (error !== null && ConnectError.from(error).code === Code.NotFound) return <NoSuchOrder />;
  return (
    <>
      <PageHeader title={`Order ${shortNumber(id)}`} />
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {order === undefined && error === null && <Skeleton height="16rem" />}
      {order !== undefined && <Receipt order={order} />}
    </>
  );
}

function NoSuchOrder() {
  return (
    <>
      <PageHeader title="There is no such order" />
      <EmptyState
        title="This server has no order under this link"
        action={
          <Button component={AppLink} href="/books?view=orders" variant="default">
            Go to the orders
          </Button>
        }
      >
        Where the server asks who calls, it shows an order to its maker and to admins alone.
      </EmptyState>
    </>
  );
}
