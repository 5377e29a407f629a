import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mp3, type ClickStory, type IncomingStory, type Switches } from './common';
import { formMessage, formOf, Stage, type Delivery, type Message } from './stage';
import { readTwiml, type Dial } from './twiml';

type Fields = Record<string, string>;

/** DialCallStatus, by how a click goes on. */
const CLICKS: Record<ClickStory, string> = {
	answered: 'completed',
	transfer: 'completed',
	clientBusy: 'busy',
	clientNoAnswer: 'no-answer',
	employeeHangsUp: 'canceled',
	employeeNoAnswer: '',
};
const INCOMING: Record<IncomingStory, string> = {
	answeredBySecond: 'completed',
	transfer: 'completed',
	missedByAll: 'no-answer',
	lostInMenu: 'canceled',
};
const LONGEST_TWIML = 4000;
/** Seconds before the employee's and the client's answer; A counts both. */
const RINGING = 6;

/**
 * A stand-in of Twilio's Programmable Voice, as its SDK and documents tell it. Not verified against the live service.
 * Its webhooks go to the addresses of the request and of TwiML, signed over what stands there.
 */
export class Twilio {
	readonly stage: Stage;
	/** StatusCallback of A comes before action of B. */
	statusFirst = false;
	private readonly recorded = new Set<string>();

	constructor(
		readonly account = 'AC00000000000000000000000000000001',
		readonly authToken = 'test-token',
		switches: Partial<Switches> = {},
	) {
		this.stage = new Stage(switches, (status) => problem(status, 20429, 'Too Many Requests'));
		const { app } = this.stage;
		app.addHook('preHandler', async (request, reply) => {
			if (!this.isKnown(request)) return reply.code(401).send(problem(401, 20003, 'Authenticate'));
		});
		const base = `/2010-04-01/Accounts/${account}`;
		app.get(`${base}.json`, (_request, reply) => reply.send({ sid: account, status: 'active' }));
		app.post(`${base}/Calls.json`, (request, reply) =>
			this.create(reply, formOf(request), new URLSearchParams(String(request.body))),
		);
		app.get<{ Params: { name: string } }>(`${base}/Recordings/:name`, (request, reply) =>
			this.recording(reply, request.params.name),
		);
	}

	/**
	 * A client calls a number whose TwiML is known, such as a TwiML Bin.
	 * @returns the sid of the call
	 */
	async callIn(call: { client: string; line: string; twiml: string; story: IncomingStory }): Promise<string> {
		const sid = sidOf('CA');
		const common = { AccountSid: this.account, CallSid: sid, From: call.client, To: call.line, Direction: 'inbound' };
		await this.dialled(readTwiml(call.twiml), common, INCOMING[call.story], undefined);
		return sid;
	}

	private isKnown({ headers }: FastifyRequest): boolean {
		return headers.authorization === `Basic ${Buffer.from(`${this.account}:${this.authToken}`).toString('base64')}`;
	}

	private create(reply: FastifyReply, fields: Fields, all: URLSearchParams): FastifyReply {
		const { To = '', From = '', Twiml = '', StatusCallback } = fields;
		if (!/^(\+\d{7,15}|sip:.+@.+|client:.+)$/.test(To))
			return refuse(reply, 21211, `The 'To' number ${To} is not a valid phone number.`);
		if (!/^\+\d{7,15}$/.test(From))
			return refuse(reply, 21212, `The 'From' number ${From} is not a valid phone number.`);
		const dial = Twiml.length > LONGEST_TWIML ? undefined : readTwiml(Twiml);
		if (!dial) return refuse(reply, 21218, 'Invalid TwiML');
		const sid = sidOf('CA');
		const common = { AccountSid: this.account, CallSid: sid, From, To, Direction: 'outbound-api' };
		const wanted = all.getAll('StatusCallbackEvent');
		this.stage.play(
			async () => await this.dialled(dial, common, CLICKS[this.stage.switches.click], StatusCallback, wanted),
		);
		return reply.code(201).send({ sid, status: 'queued', to: To, from: From });
	}

	private async dialled(
		dial: Dial | undefined,
		common: Fields,
		status: string,
		statusCallback?: string,
		wanted: readonly string[] = [],
	): Promise<void> {
		if (!dial) return;
		const talked = status === 'completed';
		const { talk } = this.stage.switches;
		const report = (CallStatus: string, seconds: number, SequenceNumber: string): Message[] => {
			const fields = {
				...common,
				CallStatus,
				CallDuration: String(seconds),
				Timestamp: new Date().toUTCString(),
				SequenceNumber,
			};
			return statusCallback ? [this.message(statusCallback, fields)] : [];
		};
		const begun = wanted.includes('answered') && status ? report('in-progress', 0, '1') : [];
		const over = report(status ? 'completed' : 'no-answer', status ? talk + RINGING : 0, '3');
		const action = status && dial.action ? [this.message(dial.action, this.dialFields(common, status))] : [];
		await this.stage.send([...begun, ...(this.statusFirst ? [...over, ...action] : [...action, ...over])]);
		if (talked && dial.recordingStatusCallback) await this.record(dial.recordingStatusCallback, common);
	}

	private dialFields(common: Fields, status: string): Fields {
		const talked = status === 'completed';
		const DialCallDuration = talked ? String(this.stage.switches.talk) : '0';
		return { ...common, CallStatus: 'in-progress', DialCallSid: sidOf('CA'), DialCallStatus: status, DialCallDuration };
	}

	private async record(address: string, { AccountSid = '', CallSid = '' }: Fields): Promise<Delivery[]> {
		const sid = sidOf('RE');
		this.recorded.add(sid);
		const RecordingUrl = `${this.stage.url}/2010-04-01/Accounts/${this.account}/Recordings/${sid}`;
		const RecordingDuration = String(this.stage.switches.talk);
		const fields = {
			AccountSid,
			CallSid,
			RecordingSid: sid,
			RecordingUrl,
			RecordingStatus: 'completed',
			RecordingDuration,
			RecordingChannels: '2',
		};
		return await this.stage.send([this.message(address, fields)]);
	}

	private recording(reply: FastifyReply, name: string): FastifyReply {
		const isThere = this.recorded.has(bare(name)) && this.stage.isReady(bare(name));
		if (!isThere) return reply.code(404).send(problem(404, 20404, 'The requested resource was not found'));
		return reply.type(name.endsWith('.wav') ? 'audio/x-wav' : 'audio/mpeg').send(mp3(this.stage.switches.talk));
	}

	private message(url: string, fields: Fields): Message {
		const token = this.stage.switches.forged ? 'wrong' : this.authToken;
		return formMessage(url, fields, { 'x-twilio-signature': twilioSignature(token, url, fields) });
	}
}

/** Signature of a webhook: over the whole address and the form's fields, sorted by name. */
export function twilioSignature(authToken: string, url: string, fields: Fields): string {
	const text = Object.keys(fields)
		.sort()
		.map((name) => `${name}${fields[name] ?? ''}`)
		.join('');
	return createHmac('sha1', authToken)
		.update(url + text)
		.digest('base64');
}

function sidOf(kind: 'CA' | 'RE'): string {
	return kind + randomBytes(16).toString('hex');
}

function bare(name: string): string {
	return name.replace(/\.\w+$/, '');
}

function problem(status: number, code: number, message: string): object {
	return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

function refuse(reply: FastifyReply, code: number, message: string): FastifyReply {
	return reply.code(400).send(problem(400, code, message));
}
