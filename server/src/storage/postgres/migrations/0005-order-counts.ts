import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * How many orders of each principal are stored; those from before this are not counted, nor those that a server of an earlier version takes meanwhile, by the
 * function that it knows.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [TABLE, CREATE_ORDERS]) await sql.raw(statement).execute(db);
  },
};

const TABLE = "create table order_counts(owner text primary key, orders bigint not null)";

/**
 * Stores orders and their events, but for those whose key was used before, of which it returns the order stored then, and those of owners who have p_most,
 * where that is not null: of these it returns nulls. The books of each are one text: 7,9.
 */
const CREATE_ORDERS = `
  create function triptych_create_orders(
    p_ids text[], p_keys text[], p_times bigint[], p_contents text[], p_readers bigint[], p_books text[],
    p_weight double precision, p_owners text[], p_most bigint
  ) returns table(number bigint, earlier text) language plpgsql as $$
  declare
    l bigint;
    found_contents text;
  begin
    select t.last into strict l from topics t where t.name = 'orders' for update;
    for i in 1 .. cardinality(p_ids) loop
      found_contents := null;
      if p_keys[i] is not null then
        select o.contents into found_contents from orders o where o.idempotency_key = p_keys[i];
      end if;
      if found_contents is not null then
        return query select null::bigint, found_contents;
        continue;
      end if;
      if p_owners[i] is not null then
        if (select c.orders from order_counts c where c.owner = p_owners[i]) >= p_most then
          return query select null::bigint, null::text;
          continue;
        end if;
        insert into order_counts as c values (p_owners[i], 1)
          on conflict (owner) do update set orders = c.orders + 1;
      end if;
      l := l + 1;
      insert into orders values (l, p_ids[i], p_keys[i], p_contents[i]);
      insert into events values ('orders', l, p_times[i], p_contents[i]);
      perform triptych_record(p_readers[i], 'ordered', book, p_weight, p_times[i])
        from unnest(string_to_array(p_books[i], ',')::bigint[]) book;
      return query select l, null::text;
    end loop;
    update topics t set last = l, oldest = least(1, l) where t.name = 'orders';
    perform triptych_notify('orders', l, least(1, l));
  end $$;
`;
