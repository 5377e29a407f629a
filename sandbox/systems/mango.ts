import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GROUP, written, type ClickStory, type IncomingStory, type Switches } from './common';
import { MangoArchive, recordingOf } from './mangoArchive';
import { formMessage, formOf, jsonOf, Stage, type Message } from './stage';

/** Why a click's call ended. */
const CLICKS: Record<ClickStory, number> = {
	answered: 1120,
	transfer: 1120,
	clientBusy: 1121,
	clientNoAnswer: 1111,
	employeeNoAnswer: 1111,
	employeeHangsUp: 1110,
};
const LINE = '74951234567';
/** Seconds before anybody talks. */
const RINGING = 7;

/** A client calls the company. */
export interface MangoCall {
	client: string;
	line: string;
	story: IncomingStory;
}

interface Party {
	extension?: string;
	number?: string;
	taken_from_call_id?: string;
	line_number?: string;
}

/** One call while it is played. */
interface Played {
	entry: string;
	command?: string;
	/** Events of each leg by its call_id; seq counts within a leg. */
	seq: Map<string, number>;
}

/** A stand-in of Mango Office's API as its manual and clients of it tell. Not verified against the live service. */
export class Mango {
	readonly stage: Stage;
	private readonly archive: MangoArchive;

	constructor(
		readonly key = 'test-key',
		readonly salt = 'test-salt',
		switches: Partial<Switches> = {},
	) {
		this.stage = new Stage(switches, (status) => (status === 429 ? { code: 1008 } : 'Unauthorized'));
		this.archive = new MangoArchive(this.stage);
		this.stage.app.post<{ Params: { '*': string } }>('/vpbx/*', (request, reply) =>
			this.answer(request.params['*'].replace(/\/$/, ''), request, reply),
		);
	}

	/**
	 * Plays an incoming call to its end.
	 * @returns its entry_id
	 */
	async callIn({ client, line, story }: MangoCall): Promise<string> {
		const call = this.begin();
		await this.stage.send(this.incoming(call, { number: this.number(client) }, this.number(line), story));
		return call.entry;
	}

	private answer(path: string, request: FastifyRequest, reply: FastifyReply): FastifyReply {
		const { vpbx_api_key: key, sign, json = '' } = formOf(request);
		if (key !== this.key || sign !== signatureOf(this.key, json, this.salt))
			return reply.code(401).send('Unauthorized');
		const given = jsonOf(json);
		switch (path) {
			case 'commands/callback':
				return this.callBack(given, reply);
			case 'stats/calls/request':
				return this.archive.request(given, reply);
			case 'stats/calls/result':
				return this.archive.result(String(given.key), reply);
			case 'queries/recording/post':
				return this.archive.download(String(given.recording_id), reply);
			default:
				return reply.code(404).send('Not found');
		}
	}

	private callBack(
		{ command_id: command, from, to_number: to }: Record<string, unknown>,
		reply: FastifyReply,
	): FastifyReply {
		const extension = from && typeof from === 'object' && 'extension' in from ? from.extension : undefined;
		const isComplete =
			typeof command === 'string' &&
			command !== '' &&
			Buffer.byteLength(command) <= 128 &&
			typeof extension === 'string' &&
			extension !== '';
		if (!isComplete || typeof to !== 'string' || !/^\d{3,}$/.test(to)) return reply.code(420).send({ code: 3104 });
		this.stage.play(async () => {
			await this.stage.send([
				this.message('result/callback', { command_id: command, result: '1000' }),
				...this.outgoing(this.begin(command), extension, to),
			]);
		});
		return reply.send({ result: 1000 });
	}

	private outgoing(call: Played, extension: string, to: string): Message[] {
		const { click, talk } = this.stage.switches;
		const employee = { extension, number: `sip:${extension}@example` };
		const client = { number: this.number(to) };
		const first = this.leg(call, client, { ...employee, line_number: LINE });
		if (click === 'employeeNoAnswer')
			return [first('Appeared'), first('Disconnected', 1111), this.summary(call, 2, employee, client, 0, 1111)];
		const second = this.leg(call, { ...employee, taken_from_call_id: `${call.entry}:1` }, client);
		const isTaken = click === 'answered' || click === 'transfer';
		const third = this.leg(call, client, { extension: GROUP[1], number: `sip:${GROUP[1]}@example` });
		return [
			first('Appeared'),
			first('Connected'),
			first('Disconnected', 1000),
			second('Appeared'),
			...(isTaken ? [second('Connected')] : []),
			second('Disconnected', CLICKS[click]),
			...(click === 'transfer' ? [third('Appeared'), third('Connected'), third('Disconnected', 1120)] : []),
			this.summary(call, 2, employee, client, isTaken ? talk : 0, CLICKS[click]),
			...(isTaken ? this.recorded(call, extension) : []),
		];
	}

	private incoming(call: Played, client: Party, line: string, story: IncomingStory): Message[] {
		const menu = this.leg(call, client, { number: line, line_number: line }, 'ivr');
		if (story === 'lostInMenu')
			return [
				menu('Appeared'),
				menu('Disconnected', 1110),
				this.summary(call, 1, client, { number: line }, 0, 1110, line),
			];
		const legs = GROUP.map((extension) =>
			this.leg(call, client, { extension, number: `sip:${extension}@example`, line_number: line }),
		);
		const rung = [menu('Appeared'), menu('Disconnected', 1100), ...legs.map((leg) => leg('Appeared'))];
		const [first, second, third] = legs;
		if (story === 'missedByAll' || !first || !second || !third) {
			return [
				...rung,
				...legs.map((leg) => leg('Disconnected', 1111)),
				this.summary(call, 1, client, { number: line }, 0, 1111, line),
			];
		}
		const last = story === 'transfer' ? GROUP[2] : GROUP[1];
		const moved = story === 'transfer' ? [third('Appeared'), third('Connected'), third('Disconnected', 1120)] : [];
		return [
			...rung,
			second('Connected'),
			first('Disconnected', 1163),
			third('Disconnected', 1163),
			second('Disconnected', 1120),
			...moved,
			this.summary(
				call,
				1,
				client,
				{ extension: last, number: `sip:${last}@example` },
				this.stage.switches.talk,
				1120,
				line,
			),
			...this.recorded(call, last),
		];
	}

	private leg(call: Played, from: Party, to: Party, location = 'abonent'): (state: string, reason?: number) => Message {
		const callId = `${call.entry}:${call.seq.size + 1}`;
		call.seq.set(callId, 0);
		return (state, reason) => {
			const seq = (call.seq.get(callId) ?? 0) + 1;
			call.seq.set(callId, seq);
			const fields = {
				entry_id: call.entry,
				call_id: callId,
				timestamp: now(),
				seq,
				call_state: state,
				location,
				from,
				to,
			};
			const command = call.command === undefined ? {} : { command_id: call.command, callback_initiator: to.extension };
			return this.message('events/call', { ...fields, ...(reason ? { disconnect_reason: reason } : {}), ...command });
		};
	}

	private summary(
		call: Played,
		direction: 1 | 2,
		from: Party,
		to: Party,
		talk: number,
		reason: number,
		line = LINE,
	): Message {
		const created = now() - RINGING - talk;
		const [talked, ended] = [talk > 0 ? created + RINGING : 0, created + RINGING + talk];
		return this.message('events/summary', {
			entry_id: call.entry,
			call_direction: direction,
			from,
			to,
			line_number: line,
			create_time: created,
			forward_time: created,
			talk_time: talked,
			end_time: ended,
			entry_result: talk > 0 ? 1 : 0,
			disconnect_reason: reason,
		});
	}

	private recorded(call: Played, extension: string): Message[] {
		const fields = {
			recording_id: recordingOf(call.entry),
			entry_id: call.entry,
			call_id: `${call.entry}:1`,
			extension,
			timestamp: now(),
			recipient: 'Cloud',
		};
		return [
			this.message('events/recording', { ...fields, recording_state: 'Started', seq: 1 }),
			this.message('events/recording', { ...fields, recording_state: 'Completed', seq: 2, completion_code: 1000 }),
		];
	}

	private begin(command?: string): Played {
		const entry = Buffer.from(randomBytes(6)).toString('base64');
		this.archive.entries.push(entry);
		return { entry, command, seq: new Map() };
	}

	private message(path: string, fields: object): Message {
		const json = JSON.stringify(fields);
		const sign = signatureOf(this.key, json, this.stage.switches.forged ? 'wrong' : this.salt);
		return formMessage(`${this.stage.address.replace(/\/$/, '')}/${path}`, { vpbx_api_key: this.key, sign, json });
	}

	private number(number: string): string {
		return written(number, this.stage.switches);
	}
}

/** Signature of requests and webhooks: SHA-256 over key, the exact text of the JSON, and salt, in hex. */
export function signatureOf(key: string, json: string, salt: string): string {
	return createHash('sha256')
		.update(key + json + salt)
		.digest('hex');
}

function now(): number {
	return Math.floor(Date.now() / 1000);
}
