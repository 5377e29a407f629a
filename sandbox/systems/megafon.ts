import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GROUP, mp3, written, type ClickStory, type IncomingStory, type Switches } from './common';
import { formMessage, formOf, jsonOf, Stage, textOf, type Message } from './stage';

/** What the history of a click says. Clients write the words in any case. */
const CLICKS: Record<ClickStory, string> = {
	answered: 'Success',
	transfer: 'success',
	clientBusy: 'busy',
	clientNoAnswer: 'missed',
	employeeNoAnswer: 'cancel',
	employeeHangsUp: 'Cancel',
};

/** Seconds that phones ring; the duration of a call holds them too. */
const RINGING = 7;

/** A client calls the company. */
export interface MegafonCall {
	client: string;
	line: string;
	story: IncomingStory;
}

type Fields = Record<string, string>;

/** Login of the employee who has an extension. */
function loginOf(extension: string): string {
	return `user${extension}`;
}

/**
 * A stand-in of MegaFon's virtual PBX (`crmapi/v1`) as two independent clients use it. Not verified against the live
 * service. A relative of it takes form bodies with `crm_token` instead of the header: both are accepted.
 */
export class Megafon {
	readonly stage: Stage;
	/** Webhooks leave out the employee's extension, which is optional. */
	withoutExtension = false;
	private readonly recorded = new Set<string>();

	constructor(
		readonly key = 'test-key',
		readonly token = 'test-token',
		switches: Partial<Switches> = {},
	) {
		this.stage = new Stage(switches, (status) => ({
			message: status === 429 ? 'Too many requests' : 'Invalid API key',
		}));
		const { app } = this.stage;
		app.post('/crmapi/v1/makecall', (request, reply) => this.makeCall(request, reply));
		app.get<{ Params: { id: string } }>('/records/:id', (request, reply) => {
			const id = request.params.id.replace('.mp3', '');
			if (!this.recorded.has(id) || !this.stage.isReady(id)) return reply.code(404).send();
			return reply.type('audio/mpeg').send(mp3(this.stage.switches.talk));
		});
	}

	/**
	 * Plays an incoming call to its end.
	 * @returns its callid
	 */
	async callIn({ client, line, story }: MegafonCall): Promise<string> {
		const callid = randomBytes(8).toString('hex');
		const common = { callid, phone: this.number(client), diversion: this.number(line) };
		const [asked] = await this.stage.send([this.message({ cmd: 'contact', ...common })]);
		await this.stage.send(this.incoming(common, story, whoRings(asked?.answer ?? '')));
		return callid;
	}

	private makeCall(request: FastifyRequest, reply: FastifyReply): FastifyReply {
		const asForm = /urlencoded/.test(request.headers['content-type'] ?? '');
		const given = asForm ? formOf(request) : jsonOf(textOf(request));
		const proof = asForm ? given.crm_token : request.headers['x-api-key'];
		if (proof !== this.key) return reply.code(401).send({ message: 'Invalid API key' });
		const { phone, user } = given;
		const isComplete =
			typeof user === 'string' && user !== '' && typeof phone === 'string' && /^\+?\d{3,}$/.test(phone);
		if (!isComplete) return reply.code(400).send({ message: 'Wrong parameters' });
		const callid = randomBytes(8).toString('hex');
		this.stage.play(async () => {
			await this.stage.send(this.outgoing(callid, phone, user.replace('user', '')));
		});
		return reply.send({ callid });
	}

	private outgoing(callid: string, phone: string, extension: string): Message[] {
		const { click } = this.stage.switches;
		const common = { callid, phone: this.number(phone), diversion: '74951234567' };
		const event = (type: string, who: string): Fields => ({
			cmd: 'event',
			type,
			direction: 'out',
			...common,
			...this.employee(who),
		});
		const taken = CLICKS[click].toLowerCase() === 'success' ? [event('ACCEPTED', extension)] : [];
		const transferred = click === 'transfer' ? [event('TRANSFERRED', GROUP[1])] : [];
		return [
			event('OUTGOING', extension),
			...taken,
			...transferred,
			event(taken.length > 0 ? 'COMPLETED' : 'CANCELLED', extension),
			this.history('out', CLICKS[click], common, transferred.length > 0 ? GROUP[1] : extension),
		].map((fields) => this.message(fields));
	}

	private incoming(common: Fields, story: IncomingStory, rung: readonly string[]): Message[] {
		const event = (type: string, who: string): Fields => ({
			cmd: 'event',
			type,
			direction: 'in',
			...common,
			...this.employee(who),
		});
		const ringing = story === 'lostInMenu' ? [] : rung.map((who) => event('INCOMING', who));
		if (story === 'lostInMenu' || story === 'missedByAll') {
			const cancelled = ringing.map((fields) => ({ ...fields, type: 'CANCELLED' }));
			return [...ringing, ...cancelled, this.history('in', 'Missed', common)].map((fields) => this.message(fields));
		}
		const taker = rung[1] ?? rung[0] ?? '';
		const others = rung.filter((who) => who !== taker).map((who) => event('CANCELLED', who));
		const last = story === 'transfer' ? GROUP[2] : taker;
		const transferred = story === 'transfer' ? [event('TRANSFERRED', last), event('ACCEPTED', last)] : [];
		return [
			...ringing,
			event('ACCEPTED', taker),
			...others,
			...transferred,
			event('COMPLETED', last),
			this.history('in', 'Success', common, last),
		].map((fields) => this.message(fields));
	}

	/** The duration is that of the whole call, and so is more than 0 when nobody talked. */
	private history(type: 'in' | 'out', status: string, common: Fields, extension?: string): Fields {
		const { recording, talk } = this.stage.switches;
		const talked = status.toLowerCase() === 'success';
		const id = common.callid ?? '';
		if (talked) this.recorded.add(id);
		const start = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
		return {
			cmd: 'history',
			type,
			status,
			...common,
			...(extension ? this.employee(extension) : { user: '' }),
			start,
			duration: String(RINGING + (talked ? talk : 0)),
			...(talked && recording !== 'missing' ? { link: `${this.stage.url}/records/${id}.mp3` } : {}),
		};
	}

	private employee(extension: string): Fields {
		return { user: loginOf(extension), ...(this.withoutExtension ? {} : { ext: extension }) };
	}

	private message(fields: Fields): Message {
		return formMessage(this.stage.address, { ...fields, crm_token: this.stage.switches.forged ? 'wrong' : this.token });
	}

	private number(number: string): string {
		return written(number, this.stage.switches);
	}
}

/** The employee whom the answer to `contact` names, by login or extension; else the group. */
function whoRings(answer: string): readonly string[] {
	const { responsible } = jsonOf(answer);
	return typeof responsible === 'string' && responsible !== '' ? [responsible.replace('user', '')] : GROUP;
}
