import { expand, set, type Action, type Dialplan, type Variables } from './dialplan';
import type { ClickStory, IncomingStory } from './common';
import { jsonMessage, type Message, type Stage } from './stage';

/** What a call needs of the FreeSWITCH it is in. */
export interface FreeSwitchPlace {
	readonly stage: Stage;
	readonly dialplan: () => Dialplan;
	readonly live: Set<string>;
	readonly recordings: Map<string, number>;
	readonly cdrAddress: string | undefined;
}

/** How a bridge ended: originate_disposition, and which of the rung phones took it. */
interface Bridge {
	disposition: string;
	/** From 0. */
	taker?: number;
}

const OUTGOING: Record<ClickStory, Bridge> = {
	answered: { disposition: 'SUCCESS', taker: 0 },
	transfer: { disposition: 'SUCCESS', taker: 0 },
	clientBusy: { disposition: 'USER_BUSY' },
	clientNoAnswer: { disposition: 'NO_ANSWER' },
	employeeHangsUp: { disposition: 'ORIGINATOR_CANCEL' },
	employeeNoAnswer: { disposition: 'NO_ANSWER' },
};
const INCOMING: Record<IncomingStory, Bridge> = {
	answeredBySecond: { disposition: 'SUCCESS', taker: 1 },
	transfer: { disposition: 'SUCCESS', taker: 1 },
	missedByAll: { disposition: 'NO_ANSWER' },
	lostInMenu: { disposition: 'ORIGINATOR_CANCEL' },
};
/** `retries` of mod_json_cdr. */
const RETRIES = 2;
const WORDS = /^curl (\S+) (.*?)(post|get)(?: (.*))?$/s;

/** A channel that a dialplan leads. It plays its story without waiting: seconds are only numbers in its variables. */
export class FreeSwitchCall {
	constructor(
		private readonly place: FreeSwitchPlace,
		private readonly variables: Variables,
	) {
		this.variables.start_epoch ??= String(Math.floor(Date.now() / 1000) - 10);
		this.place.live.add(this.uuid);
	}

	private get uuid(): string {
		return this.variables.uuid ?? '';
	}

	/** The employee has answered; the dialplan rings the client. */
	async goOut(context: string, destination: string): Promise<void> {
		await this.lead(context, destination, OUTGOING[this.place.stage.switches.click]);
	}

	/** A client calls. Only an extension that rang can take the call. */
	async comeIn({ client, line, story }: { client: string; line: string; story: IncomingStory }): Promise<void> {
		this.variables.caller_id_number = client;
		await this.lead('bitrix24-in', line, INCOMING[story]);
	}

	/** The employee's phone was not taken. @returns the cause that originate answers with */
	async notTaken(): Promise<string> {
		await this.over({ disposition: '', cause: 'NO_ANSWER' });
		return 'NO_ANSWER';
	}

	private async lead(context: string, destination: string, ending: Bridge): Promise<void> {
		let result: Bridge = ending;
		for (let next: { context: string; destination: string } | undefined = { context, destination }; next;) {
			const actions: Action[] = this.place
				.dialplan()
				.hunt(next.context, { ...this.variables, destination_number: next.destination });
			next = undefined;
			for (const { application, data } of actions) {
				if (application === 'set') set(data, this.variables);
				if (application === 'curl') await this.ask(expand(data, this.variables));
				if (application === 'bridge') result = await this.bridge(expand(data, this.variables), ending);
				if (application === 'hangup') result = { disposition: '' };
				if (application === 'transfer') {
					const [to = '', , into = context] = expand(data, this.variables).split(' ');
					next = { destination: to, context: into };
				}
			}
		}
		await this.over({ ...result, cause: 'NORMAL_CLEARING' });
	}

	private async ask(data: string): Promise<void> {
		const [answer] = await this.place.stage.send([message(`curl ${data}`)]);
		this.variables.curl_response_code = String(answer?.status ?? 0);
		this.variables.curl_response_data = answer?.answer ?? '';
	}

	/**
	 * All of a list ring at once; the one who takes the call says so. A list that is shorter leaves the call to its last
	 * phone.
	 */
	private async bridge(list: string, { disposition, taker }: Bridge): Promise<Bridge> {
		const phones = list.match(/(?:\[[^\]]*\])?[^,[]+/g) ?? [];
		if (taker === undefined) return { disposition };
		const taken = phones[Math.min(taker, phones.length - 1)] ?? '';
		this.variables.last_sent_callee_id_number = /user\/(\d+)/.exec(taken)?.[1] ?? '';
		const onAnswer = /api_on_answer='bgapi ([^']*)'/.exec(taken)?.[1];
		if (onAnswer) await this.place.stage.send([message(onAnswer)]);
		const now = Math.floor(Date.now() / 1000);
		Object.assign(this.variables, {
			bridge_epoch: String(now),
			end_epoch: String(now + this.place.stage.switches.talk),
		});
		this.place.recordings.set(`${this.uuid}.wav`, this.place.stage.switches.talk);
		return { disposition, taker };
	}

	private async over({ disposition, cause }: { disposition: string; cause: string }): Promise<void> {
		const times = { bridge_epoch: '0', end_epoch: String(Math.floor(Date.now() / 1000)) };
		const ending = { ...(disposition ? { originate_disposition: disposition } : {}), hangup_cause: cause };
		const { api_hangup_hook: hook, ...kept } = Object.assign(this.variables, {
			...times,
			...this.variables,
			...ending,
		});
		this.place.live.delete(this.uuid);
		if (hook) await this.place.stage.send([message(expand(hook, this.variables))]);
		if (this.place.cdrAddress) await this.record(this.place.cdrAddress, kept);
	}

	/** mod_json_cdr repeats until somebody answers with 2xx. */
	private async record(address: string, variables: Variables): Promise<void> {
		const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
		const body = JSON.stringify({
			'core-uuid': 'c0',
			switchname: 'stand-in',
			channel_data: { direction: set.direction },
			variables: set,
			callflow: [],
		});
		for (let attempt = 0; attempt <= RETRIES; attempt += 1) {
			const [sent] = await this.place.stage.send([
				jsonMessage(`${address}?uuid=${encodeURIComponent(this.uuid)}`, body, { 'user-agent': 'freeswitch-json/1.0' }),
			]);
			if (String(sent?.status).startsWith('2')) return;
		}
	}
}

/** A request of mod_curl. The text is decoded once before it is sent. */
function message(command: string): Message {
	const [, url = '', options = '', , text = ''] = WORDS.exec(command) ?? [];
	const type = /content-type (\S+)/.exec(options)?.[1] ?? 'application/x-www-form-urlencoded';
	return {
		url,
		body: decodeURIComponent(text.replace(/^'|'$/g, '')),
		headers: { 'content-type': type, 'user-agent': 'freeswitch-curl/1.0' },
	};
}
