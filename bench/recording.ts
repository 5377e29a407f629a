import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AddressInfo } from 'node:net';
import type { Portal } from '../sandbox/portal';
import { startDemo, type Demo } from '../tools/demo';
import type { WorkflowFile, WorkflowNode } from '../tools/n8n/driver';
import { canMeasurePeak, peakBytes, resetPeak } from './memory';
import { lines, spread } from './report';

const MB = 1024 * 1024;
const [START, FETCH, ATTACH] = ['Start', 'Fetch', 'Attach'];
/** Milliseconds. n8n writes the file to the disk, reads it again and uploads it. */
const ENOUGH_MS = 300_000;

/** What is measured. */
export interface RecordingOptions {
	/** MB of the large recording. */
	large: number;
	/** MB of the small recording. */
	small: number;
	/** Runs of each. */
	rounds: number;
}

/** A run of a workflow under measurement: up to which node. */
interface Contestant {
	name: string;
	size: number;
	workflowId: string;
	destinationName: string;
	/** Bytes by which the memory grew at its peak. */
	growths: number[];
}

/**
 * Figure 3 in both of n8n's ways to keep files: on the disk, and in the database, where n8n itself holds a file several
 * times while it fetches it; an upload is seen only as far as it goes beyond that peak.
 * @param demo an n8n that keeps them on the disk
 * @returns the tables to print
 */
export async function recordings(demo: Demo, options: RecordingOptions): Promise<string> {
	const onDisk = await attempted(async () => await recordingMemory(demo, options));
	const other = await startDemo({ example: false, n8n: { env: { N8N_DEFAULT_BINARY_DATA_MODE: 'database' } } });
	try {
		return `N8N_DEFAULT_BINARY_DATA_MODE=filesystem\n${onDisk}\n\nN8N_DEFAULT_BINARY_DATA_MODE=database\n${await attempted(async () => await recordingMemory(other, options))}`;
	} finally {
		await other.stop();
	}
}

/** A limit of n8n is a finding too. */
async function attempted(measure: () => Promise<string>): Promise<string> {
	try {
		return await measure();
	} catch (error) {
		const { message, cause } = error instanceof Error ? error : new Error(String(error));
		return `It came to no figure: ${message}${cause instanceof Error ? ` (${cause.message})` : ''}`;
	}
}

/**
 * By how much the memory of the n8n process grows at its peak when Attach Recording uploads a WAV that the HTTP Request
 * node fetched as a file: a large one, a small one, and the large one fetched only. n8n starts anew before each run,
 * for memory that an earlier run left to it would not grow again; a run of each node comes first, which loads code.
 * They take turns.
 * @returns the table to print; elsewhere than on Linux the reason why there is none
 */
async function recordingMemory(demo: Demo, { large, small, rounds }: RecordingOptions): Promise<string> {
	if (!canMeasurePeak()) return 'Skipped: only Linux tells the peak memory of a process for a span of time.';
	const files = await serveRecordings();
	try {
		const callId = await finishedCall(demo.sandbox.portal);
		const workflow = (size: number): Promise<string> => importWorkflow(demo, `${files.url}/?mb=${size}`, callId);
		const [largeId, smallId] = [await workflow(large), await workflow(small)];
		const contestants: Contestant[] = [
			{
				name: `HTTP Request fetches ${large} MB`,
				size: large,
				workflowId: largeId,
				destinationName: FETCH,
				growths: [],
			},
			{
				name: 'and Attach Recording uploads them',
				size: large,
				workflowId: largeId,
				destinationName: ATTACH,
				growths: [],
			},
			{ name: `both with ${small} MB`, size: small, workflowId: smallId, destinationName: ATTACH, growths: [] },
		];
		for (let round = 0; round < rounds; round += 1) {
			for (const one of contestants) {
				await demo.server.restart();
				await run(demo, smallId, ATTACH);
				resetPeak(demo.server.pid);
				const before = peakBytes(demo.server.pid);
				await run(demo, one.workflowId, one.destinationName);
				one.growths.push(peakBytes(demo.server.pid) - before);
			}
		}
		return report(contestants);
	} finally {
		await files.stop();
	}
}

function report(contestants: Contestant[]): string {
	const [fetched = 0, attached = 0] = contestants.map(({ growths }) => spread(growths).median / MB);
	const table = lines([
		['', 'runs', 'min', 'median', 'max', 'median / file'],
		...contestants.map(({ name, size, growths }) => {
			const { count, min, median, max } = spread(growths.map((bytes) => bytes / MB));
			return [
				name,
				String(count),
				...[min, median, max].map((value) => `${Math.round(value)} MB`),
				(median / size).toFixed(2),
			];
		}),
	]);
	return `${table}\nAttach Recording adds ${Math.round(attached - fetched)} MB to fetching alone.`;
}

async function run({ n8n }: Demo, workflowId: string, destinationName: string): Promise<void> {
	const started = await n8n.runManually(workflowId, { triggerName: START, destinationName });
	if (!('executionId' in started)) throw new Error('The workflow waits for an event instead of running');
	const { status, error } = await n8n.waitForExecution({ workflowId, id: started.executionId }, ENOUGH_MS);
	if (status !== 'success')
		throw new Error(`The workflow ended with ${status}: ${error?.message ?? 'no reason given'}`);
}

async function importWorkflow({ n8n, credentials }: Demo, url: string, callId: string): Promise<string> {
	const node = (name: string, type: string, typeVersion: number, parameters: object): WorkflowNode => ({
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	});
	const nodes = [
		node(START, 'n8n-nodes-base.manualTrigger', 1, {}),
		node(FETCH, 'n8n-nodes-base.httpRequest', 4.2, {
			url,
			options: { response: { response: { responseFormat: 'file' } } },
		}),
		{
			...node(ATTACH, 'n8n-nodes-bitrix24-telephony.bitrix24Telephony', 1, {
				resource: 'call',
				operation: 'attachRecording',
				callId,
				recordingFrom: 'binary',
				binaryProperty: 'data',
				options: {},
			}),
			credentials: { bitrix24OAuth2Api: { id: null, name: '' } },
		},
	];
	const connections = Object.fromEntries(
		[
			[START, FETCH],
			[FETCH, ATTACH],
		].map(([from, to]) => [from, { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	const file: WorkflowFile = { name: `Bench: ${url}`, nodes, connections };
	return (await n8n.importWorkflow(file, { credentials: [credentials.bitrix24] })).id;
}

/** Only a finished call takes a recording; a second recording replaces the first. */
async function finishedCall(portal: Portal): Promise<string> {
	await portal.call('telephony.externalCall.register', {
		USER_ID: 2,
		PHONE_NUMBER: '+4930231259002',
		TYPE: 2,
		SHOW: 0,
	});
	const CALL_ID = [...portal.state.calls.keys()].at(-1) ?? '';
	await portal.call('telephony.externalCall.finish', {
		CALL_ID,
		USER_ID: 2,
		DURATION: 9,
		STATUS_CODE: '200',
		ADD_TO_CHAT: 0,
	});
	return CALL_ID;
}

/** A PBX that hands out recordings of any size, without holding one in memory: `/?mb=190`. */
async function serveRecordings(): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => {
		const megabytes = Number(new URL(request.url ?? '', 'http://pbx').searchParams.get('mb'));
		response.writeHead(200, {
			'content-type': 'audio/wav',
			'content-length': megabytes * MB,
			'content-disposition': 'attachment; filename="call.wav"',
		});
		// Who hangs up in between has his reasons; his own error tells them.
		pipeline(Readable.from(wav(megabytes)), response).catch(() => undefined);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function* wav(megabytes: number): Generator<Buffer> {
	const chunk = Buffer.alloc(MB, 1);
	for (let sent = 0; sent < megabytes; sent += 1) {
		yield sent === 0 ? Buffer.concat([Buffer.from('RIFF'), chunk.subarray(4)]) : chunk;
	}
}
