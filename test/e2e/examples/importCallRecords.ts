import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fastify from 'fastify';
import { DateTime } from 'luxon';
import type { Demo } from '../../../tools/demo';
import { output, type WorkflowFile, type WorkflowNode } from '../../../tools/n8n/driver';
import { startPostgres, type Service } from '../../../tools/n8n/services';
import { statement } from '../../../tools/n8n/services/sql';
import { readExample } from '../../support/example';
import { READABLE_FOLDER } from './_world';

export const examples = [
	'import-asterisk-cdr',
	'import-call-records',
	'import-freeswitch-cdr',
	'import-megafon-history',
];

/** n8n's own zone when nobody sets one, in which dates without an offset are read. */
const ZONE = 'America/New_York';
const at = (minutesAgo: number) =>
	DateTime.now().setZone(ZONE).minus({ minutes: minutesAgo }).toFormat('yyyy-MM-dd HH:mm:ss');
/** Longer ago than the newest call less three days, whichever calls other tests log. */
const LONG_AGO = '2026-03-02 09:14:05';

/** There is no MySQL here: PostgreSQL's node, which has the same parameters, gets the same query. */
const POSTGRES = { type: 'n8n-nodes-base.postgres', credentials: { postgres: { id: '', name: '' } } };
/**
 * *Extract from File* does not load in the reduced n8n, for want of what it reads calendars with. This one reads CSV by
 * the same code.
 */
const CSV = {
	type: 'n8n-nodes-base.spreadsheetFile',
	typeVersion: 2,
	parameters: { operation: 'fromFile', fileFormat: 'csv', options: {} },
};

/** An example with another node in the place of those that the tests cannot run. */
function replaced(file: WorkflowFile, type: string, change: Partial<WorkflowNode>): WorkflowFile {
	return { ...file, nodes: file.nodes.map((node) => (node.type === type ? { ...node, ...change } : node)) };
}

export function declareTests(demo: () => Demo): void {
	/** Runs an importer by one of its triggers. */
	async function run(id: string, triggerName: 'Every Hour' | 'Import the Past') {
		const started = await demo().n8n.runManually(id, { triggerName });
		if (!('executionId' in started)) throw new Error('The workflow waits for an event');
		const execution = await demo().n8n.waitForExecution({ id: started.executionId });
		return {
			result: output(execution, 'Result')[0]?.json,
			calls: output(execution, 'Log Call').map(({ json }) => json),
		};
	}
	const importFile = async (file: WorkflowFile, credentials: string[] = []) =>
		(await demo().n8n.importWorkflow(file, { credentials: [demo().credentials.bitrix24, ...credentials] })).id;
	const logged = (externalId: string) =>
		demo().sandbox.portal.state.history.filter((row) => row.externalCallId === externalId);
	const facts = ({ LOGGED, CALL_FAILED_CODE, PORTAL_USER_ID, CALL_DURATION }: Record<string, unknown>) => [
		LOGGED,
		CALL_FAILED_CODE,
		PORTAL_USER_ID,
		CALL_DURATION,
	];

	describe('from CSV files', () => {
		const folder = join(READABLE_FOLDER, 'call-records');
		const write = (name: string, rows: string[]) => {
			mkdirSync(folder, { recursive: true });
			writeFileSync(
				join(folder, name),
				['calldate,src,dst,dcontext,billsec,disposition,uniqueid', ...rows, ''].join('\n'),
			);
		};

		it('imports the past, goes on from the newest call, and says what was logged, skipped and refused', async () => {
			write('march.csv', [
				`${LONG_AGO},+494066969441,102,from-trunk,95,ANSWERED,csv.1`,
				`${LONG_AGO},103,+442079460111,from-internal,0,NO ANSWER,csv.2`,
				`${LONG_AGO},101,102,from-internal,7,ANSWERED,csv.internal`,
				`${LONG_AGO},+12025550143,199,from-trunk,0,NO ANSWER,csv.stranger`,
			]);
			write('today.csv', [
				`${at(50)},+12025550143,103,from-trunk,0,NO ANSWER,csv.3`,
				`${at(40)},104,+493023125500,from-internal,0,BUSY,csv.4`,
				`${at(30)},102,+493023125501,from-bitrix24,45,ANSWERED,csv.click`,
				`${at(30)},102,+493023125501,from-internal,45,ANSWERED,externalCall.5f0c.1795257000`,
			]);
			const file = readExample('import-call-records', { '/home/node/.n8n-files/call-records': folder });
			const id = await importFile(replaced(file, 'n8n-nodes-base.extractFromFile', CSV));
			const past = await run(id, 'Import the Past');
			expect(past.calls.filter(({ error }) => !error).map(facts)).toEqual([
				[true, '200', 2, 95],
				[true, '603-S', 3, 0],
				[true, '304', 3, 0],
				[true, '486', 4, 0],
			]);
			expect(past.result).toEqual({
				logged: 4,
				skipped: 0,
				refused: 1,
				reasons: ['USER_ID or USER_PHONE_INNER should be set'],
			});

			write('later.csv', [`${at(20)},+12025550143,103,from-trunk,12,ANSWERED,csv.5`]);
			// March is not read again: the newest call of the history is where the import goes on.
			expect((await run(id, 'Every Hour')).result).toEqual({ logged: 1, skipped: 2, refused: 0, reasons: [] });
			expect((await run(id, 'Import the Past')).result).toMatchObject({ logged: 0, skipped: 5, refused: 1 });
			for (const call of ['csv.1', 'csv.2', 'csv.3', 'csv.4', 'csv.5']) expect(logged(call)).toHaveLength(1);
			for (const call of ['csv.internal', 'csv.click', 'externalCall.5f0c.1795257000'])
				expect(logged(call)).toEqual([]);
		});
	});

	describe('from a database', () => {
		let database: Service;
		let credential: string;
		beforeAll(async () => {
			database = await startPostgres();
			const data = {
				host: '127.0.0.1',
				port: database.port,
				database: 'postgres',
				user: 'n8n',
				password: 'n8n',
				ssl: 'disable',
			};
			credential = await demo().n8n.createCredential({ name: 'Calls', type: 'postgres', data });
		});
		afterAll(async () => {
			await database?.stop();
		});

		it('imports Asterisk’s records, of each call the one that tells most, and no clicks', async () => {
			await statement(
				database,
				`CREATE TABLE cdr (calldate timestamp, src text, dst text, dcontext text, channel text, dstchannel text, billsec int, disposition text, uniqueid text);
				INSERT INTO cdr VALUES
				('${LONG_AGO}', '+494066969442', '600', 'from-trunk', 'PJSIP/trunk-00000001', 'PJSIP/101-00000002', 0, 'NO ANSWER', '1772442845.17'),
				('${LONG_AGO}', '+494066969442', '600', 'from-trunk', 'PJSIP/trunk-00000001', 'PJSIP/103-00000003', 61, 'ANSWERED', '1772442845.17'),
				('${at(60)}', '+493023125900', '+442079460112', 'from-internal', 'PJSIP/102-00000004', 'PJSIP/trunk-00000005', 9, 'NO ANSWER', '1772442845.21'),
				('${at(55)}', '+494066969445', 's', 'ivr-1', 'PJSIP/trunk-00000010', '', 12, 'ANSWERED', '1772442845.23'),
				('${at(52)}', '101', '*97', 'from-internal', 'PJSIP/101-00000011', '', 30, 'ANSWERED', '1772442845.24'),
				('${at(50)}', '101', '102', 'from-internal', 'PJSIP/101-00000006', 'PJSIP/102-00000007', 9, 'ANSWERED', '1772442845.25'),
				('${at(40)}', '102', '4930231259', 'from-bitrix24', 'Local/102@b24-agent-00000001;1', 'PJSIP/trunk-00000008', 45, 'NO ANSWER', '1772442845.29'),
				('${at(40)}', '', 's', 'b24-agent', 'Local/102@b24-agent-00000001;2', 'PJSIP/trunk-00000009', 45, 'ANSWERED', 'externalCall.a.1;2');`,
			);
			const id = await importFile(
				replaced(readExample('import-asterisk-cdr', { "?? '100'": "?? '104'" }), 'n8n-nodes-base.mySql', POSTGRES),
				[credential],
			);
			const past = await run(id, 'Import the Past');
			expect(past.result).toEqual({ logged: 3, skipped: 1, refused: 0, reasons: [] });
			expect(past.calls.filter(({ LOGGED }) => LOGGED).map(facts)).toEqual([
				[true, '200', 3, 61],
				[true, '603-S', 2, 0],
				[true, '200', 4, 12],
			]);
			expect(logged('1772442845.17')[0]?.startDate).toBe(DateTime.fromSQL(LONG_AGO, { zone: ZONE }).toMillis());
			expect((await run(id, 'Every Hour')).result).toEqual({ logged: 0, skipped: 2, refused: 0, reasons: [] });
		});

		it('imports what FusionPBX keeps of FreeSWITCH', async () => {
			const [boss, desk] = ['00000000-0000-4000-8000-000000000101', '00000000-0000-4000-8000-000000000102'];
			const epoch = Math.floor(Date.now() / 1_000) - 3_000;
			await statement(
				database,
				`CREATE TABLE v_extensions (extension_uuid uuid, extension text);
				CREATE TABLE v_xml_cdr (xml_cdr_uuid uuid, extension_uuid uuid, direction text, context text, leg char(1), caller_id_number text, destination_number text,
					start_stamp timestamp, start_epoch numeric, billsec numeric, hangup_cause text, missed_call boolean);
				INSERT INTO v_extensions VALUES ('${boss}', '101'), ('${desk}', '102');
				INSERT INTO v_xml_cdr VALUES
				('10000000-0000-4000-8000-000000000001', '${desk}', 'inbound', 'public', 'a', '+494066969443', '49302312590', now(), ${epoch}, 33, 'NORMAL_CLEARING', false),
				('10000000-0000-4000-8000-000000000002', NULL, 'inbound', 'public', 'a', '+494066969444', '49302312590', now(), ${epoch + 60}, 21, 'NORMAL_CLEARING', true),
				('10000000-0000-4000-8000-000000000003', '${boss}', 'outbound', 'example.com', 'a', '101', '+442079460113', now(), ${epoch + 120}, 0, 'USER_BUSY', false),
				('10000000-0000-4000-8000-000000000004', '${boss}', 'outbound', 'example.com', 'b', '101', '+442079460113', now(), ${epoch + 120}, 0, 'USER_BUSY', false),
				('10000000-0000-4000-8000-000000000005', '${boss}', 'local', 'example.com', 'a', '101', '102', now(), ${epoch}, 5, 'NORMAL_CLEARING', false),
				('10000000-0000-4000-8000-000000000006', '${boss}', 'outbound', 'bitrix24', 'a', '101', '+442079460114', now(), ${epoch}, 5, 'NORMAL_CLEARING', false);`,
			);
			const file = readExample('import-freeswitch-cdr', { "?? '100'": "?? '104'" });
			const id = await importFile(file, [credential]);
			const { result, calls } = await run(id, 'Every Hour');
			expect(calls.map(facts)).toEqual([
				[true, '200', 2, 33],
				[true, '304', 4, 0],
				[true, '486', 1, 0],
			]);
			expect(result).toEqual({ logged: 3, skipped: 0, refused: 0, reasons: [] });
			expect((await run(id, 'Every Hour')).result).toMatchObject({ logged: 0, skipped: 3 });
		});
	});

	it('imports the history of MegaFon', async () => {
		const asked: unknown[] = [];
		const start = `${DateTime.utc().minus({ hours: 1 }).toFormat("yyyyMMdd'T'HHmmss")}Z`;
		const megafon = fastify();
		megafon.addHook('onRequest', async (request, reply) => {
			if (request.headers['x-api-key'] !== 'key') await reply.code(401).send({});
		});
		megafon.get('/crmapi/v1/users', () => ({ items: [{ login: 'carter', ext: '102' }] }));
		megafon.get('/crmapi/v1/history/json', ({ query }) => {
			asked.push(query);
			return [
				{
					uid: 'mf1',
					type: 'in',
					status: 'success',
					client: '79991234567',
					user: 'carter',
					start,
					wait: 5,
					duration: 40,
				},
				{ uid: 'mf2', type: 'missed', status: 'missed', client: '79991234568', user: '', start, wait: 25, duration: 0 },
				{
					uid: 'mf3',
					type: 'out',
					status: 'NotFound',
					client: '79991234569',
					user: 'carter',
					start,
					wait: 1,
					duration: 0,
				},
			];
		});
		const url = await megafon.listen({ host: '127.0.0.1', port: 0 });
		try {
			const credential = await demo().n8n.createCredential({
				name: 'MegaFon',
				type: 'phoneSystemApi',
				data: { system: 'megafon', address: `${url}/crmapi/v1`, password: 'key', reportSecret: 'token' },
			});
			const id = await importFile(
				readExample('import-megafon-history', { 'https://example.megapbx.ru': url, "?? '100'": "?? '104'" }),
				[credential],
			);
			const { result, calls } = await run(id, 'Import the Past');
			expect(calls.map(facts)).toEqual([
				[true, '200', 2, 40],
				[true, '304', 4, 0],
				[true, '404', 2, 0],
			]);
			expect(result).toEqual({ logged: 3, skipped: 0, refused: 0, reasons: [] });
			expect(asked).toEqual([
				{
					start: '20260101T000000Z',
					end: expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
					type: 'all',
					limit: '1000',
				},
			]);
			expect((await run(id, 'Every Hour')).result).toMatchObject({ logged: 0, skipped: 3 });
		} finally {
			await megafon.close();
		}
	});
}
