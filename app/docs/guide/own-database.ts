/** What an administrator of a Postgres server runs once, a statement a line; a test runs it on a server of its own. */
export const ownDatabase: readonly string[] = [
  "CREATE ROLE aceite_owner LOGIN CREATEROLE PASSWORD '…';",
  "CREATE ROLE aceite_portal LOGIN PASSWORD '…';",
  "CREATE DATABASE aceite OWNER aceite_owner ENCODING 'UTF8' TEMPLATE template0;",
];
