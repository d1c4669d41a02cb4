// A receiver as one would write it in an afternoon: every message becomes one row, durable before the acknowledgement.
// Usage: node medplum.mjs <port> <host> <postgres port> <database>
import { Hl7Server } from '@medplum/hl7';
import pg from 'pg';

const [port, host, postgresPort, database] = process.argv.slice(2);
const pool = new pg.Pool({ host, port: Number(postgresPort), database, user: 'postgres', max: 64 });
await pool.query('create table if not exists medplum_message (id bigserial primary key, control_id text not null, type text not null, raw text not null)');

const server = new Hl7Server((connection) => {
  connection.addEventListener('message', async ({ message }) => {
    const header = message.getSegment('MSH');
    await pool.query({
      name: 'insert',
      text: 'insert into medplum_message (control_id, type, raw) values ($1, $2, $3)',
      values: [header.getField(10).toString(), header.getField(9).toString(), message.toString()],
    });
    connection.send(message.buildAck());
  });
});
await server.start(Number(port));
console.log('listening');
