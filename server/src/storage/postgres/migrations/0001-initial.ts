import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The event log, orders and ratings, and one function for each kind of write. A function is one statement, so that a batch takes one round trip and is
 * committed by the database itself: a server that is stopped in the middle of it holds no lock. Each first locks the row that counts its topic,
 * so that the order of numbers is the order of commits, and what it then reads is what stands: every statement within it sees what was committed
 * before that statement.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [TABLES, PLACE, NOTIFY, APPEND, RECORD, RECORD_ALL, CREATE_ORDERS, CHANGE_RATINGS])
      await sql.raw(statement).execute(db);
  },
};

const TABLES = `
  create table topics(name text primary key, last bigint not null, oldest bigint not null);
  insert into topics values ('orders', 0, 0), ('ratings', 0, 0);
  create table events(
    topic text not null, sequence bigint not null, time bigint not null, payload text not null,
    primary key (topic, sequence)
  );
  create table orders(
    number bigint primary key, id text not null unique, idempotency_key text unique, contents text not null
  );
  create table ratings(
    user_id bigint not null, book_id bigint not null, stars integer not null, time bigint not null,
    primary key (user_id, book_id)
  );
  create table reader_events(
    user_id bigint not null, kind text collate "C" not null, book_id bigint not null, time bigint not null,
    primary key (user_id, kind, book_id)
  );
  create table book_trends(book_id bigint primary key, score double precision not null, time bigint not null);
  create table log(id text not null, place text not null);
  insert into log values ('', '');
`;

/**
 * The place of the log: another one after a restored dump, a recovery to a moment of the past, and a standby that was promoted. Null while
 * that cannot be said, as on a standby.
 */
const PLACE = `
  create function triptych_place() returns text language plpgsql as $$
  declare
    own text := (select oid from pg_database where datname = current_database()) || ' ' || 'log'::regclass::oid;
  begin
    if pg_is_in_recovery() then return null; end if;
    return (select system_identifier from pg_control_system()) || ' '
      || left(pg_walfile_name(pg_current_wal_lsn()), 8) || ' ' || own;
  exception when insufficient_privilege or undefined_function or feature_not_supported then
    return own;
  end $$;
`;

/** Wakes all servers: NOTIFY brings nothing but where the topic stands. */
const NOTIFY = `
  create function triptych_notify(p_topic text, p_last bigint, p_oldest bigint) returns void language plpgsql as $$
  begin
    perform pg_notify('triptych.' || current_schema(),
      case when octet_length(p_topic) > 7000 then '' else p_last || ' ' || p_oldest || ' ' || p_topic end);
  end $$;
`;

/** Appends events; of a topic that keeps only so many, the oldest go whenever another thousand numbers are passed. */
const APPEND = `
  create function triptych_append(p_topic text, p_times bigint[], p_payloads text[], p_keep bigint, p_every bigint)
  returns table(first_number bigint, oldest_number bigint) language plpgsql as $$
  declare
    n bigint := cardinality(p_payloads);
    l bigint;
    o bigint;
    cut bigint;
  begin
    insert into topics as t values (p_topic, n, 1)
      on conflict (name) do update set last = t.last + n, oldest = greatest(t.oldest, 1)
      returning t.last, t.oldest into l, o;
    insert into events
      select p_topic, l - n + e.i, e.time, e.payload
      from unnest(p_times, p_payloads) with ordinality as e(time, payload, i);
    if p_keep is not null and l / p_every > (l - n) / p_every then
      cut := l / p_every * p_every - p_keep + 1;
      if cut > o then
        o := cut;
        update topics set oldest = o where name = p_topic;
        delete from events where topic = p_topic and sequence < o;
      end if;
    end if;
    perform triptych_notify(p_topic, l, o);
    return query select l - n + 1, o;
  end $$;
`;

/**
 * Stores what a reader did with a book and returns whether it counts, by the rules of `domain/reader-events.ts`. One transaction at a time, since two would
 * come to the trends of several books in different orders.
 */
const RECORD = `
  create function triptych_record(p_user bigint, p_kind text, p_book bigint, p_weight double precision, p_time bigint)
  returns boolean language plpgsql as $$
  declare
    before bigint;
  begin
    perform pg_advisory_xact_lock(hashtext('triptych.trends'), hashtext(current_schema()));
    if p_user is not null then
      select e.time into before from reader_events e where e.user_id = p_user and e.kind = p_kind and e.book_id = p_book;
      if abs(p_time - before) < 86400000 then return false; end if;
      insert into reader_events values (p_user, p_kind, p_book, p_time)
        on conflict (user_id, kind, book_id) do update set time = excluded.time;
      if before is null then
        delete from reader_events e using (
          select o.kind, o.book_id from reader_events o where o.user_id = p_user
          order by o.time desc, o.kind, o.book_id offset 300
        ) old where e.user_id = p_user and e.kind = old.kind and e.book_id = old.book_id;
      end if;
    end if;
    insert into book_trends as t values (p_book, p_weight, p_time)
      on conflict (book_id) do update set
        score = t.score * power(2::float8, -greatest(0, p_time - t.time)::float8 / 604800000) + p_weight,
        time = greatest(t.time, p_time);
    return true;
  end $$;
`;

const RECORD_ALL = `
  create function triptych_record_all(
    p_users bigint[], p_kinds text[], p_books bigint[], p_weights double precision[], p_time bigint
  ) returns bigint language sql as $$
    select count(*) filter (where triptych_record(e.u, e.k, e.b, e.w, p_time))
    from unnest(p_users, p_kinds, p_books, p_weights) as e(u, k, b, w);
  $$;
`;

/** Stores orders and their events, but for those whose key was used before, of which it returns the order stored then. The books of each are one text: 7,9. */
const CREATE_ORDERS = `
  create function triptych_create_orders(
    p_ids text[], p_keys text[], p_times bigint[], p_contents text[], p_readers bigint[], p_books text[],
    p_weight double precision
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

/** Stores ratings and their events; p_liked says what was imported, which holds where the reader has said nothing. */
const CHANGE_RATINGS = `
  create function triptych_change_ratings(
    p_users bigint[], p_books bigint[], p_stars integer[], p_times bigint[], p_liked boolean[], p_weight double precision
  ) returns table(number bigint, changes_like boolean) language plpgsql as $$
  declare
    l bigint;
    before integer;
    changes boolean;
  begin
    select t.last into strict l from topics t where t.name = 'ratings' for update;
    for i in 1 .. cardinality(p_users) loop
      select r.stars into before from ratings r where r.user_id = p_users[i] and r.book_id = p_books[i];
      changes := coalesce(before >= 4, p_liked[i]) <> (p_stars[i] >= 4);
      insert into ratings as r values (p_users[i], p_books[i], p_stars[i], p_times[i])
        on conflict (user_id, book_id) do update set stars = excluded.stars, time = excluded.time;
      if changes and p_stars[i] >= 4 then
        perform triptych_record(p_users[i], 'liked', p_books[i], p_weight, p_times[i]);
      end if;
      l := l + 1;
      insert into events values ('ratings', l, p_times[i], format('{"userId":%s,"bookId":%s%s,"changesLike":%s}',
        p_users[i], p_books[i], case when p_stars[i] > 0 then ',"stars":' || p_stars[i] else '' end,
        case when changes then 'true' else 'false' end));
      return query select l, changes;
    end loop;
    update topics t set last = l, oldest = least(1, l) where t.name = 'ratings';
    perform triptych_notify('ratings', l, least(1, l));
  end $$;
`;
