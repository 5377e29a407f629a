import type { PbxCall } from '../call';
import { NORMAL_CLEARING, type Button, type CallDriver, type Side } from '../driver';
import type { Reporter } from '../reporter';
import { endWords, type Switchboard } from '../switchboard';
import { endPart, take } from '../talk';
import { routingOf } from './answer';
import { answeredBody, askBody, endedBody, ringingBody } from './bodies';
import { incomingCall, isIncoming, unanswered, type IncomingCall, type IncomingEnd, type LeftGroup } from './call';
import { curl } from './curl';

/** Time-out of the reports that people wait for, in real seconds. */
const TELL_SECONDS = 1;

/** Cause of a caller who gave up (seen on a real Asterisk). */
const CALLER_GONE = 127;

/** Clients who call: the simulated PBX plays examples/asterisk/incoming.conf. */
export class IncomingCalls implements CallDriver {
	constructor(
		private readonly board: Switchboard,
		private readonly reporter: Reporter,
	) {}

	/**
	 * A client calls.
	 * @returns the call, and a promise that phones ring, or that it is over already
	 */
	callIn(from: Pick<IncomingCall, 'number' | 'line'>): { call: IncomingCall; rings: Promise<void> } {
		const call = incomingCall(from, this.board.nextChannel());
		this.board.note(call, `gets a call of ${call.number || 'a hidden number'} on ${call.line}`);
		this.board.keep(call);
		return { call, rings: this.route(call) };
	}

	press(call: PbxCall, side: Side, button: Button, extension: string): boolean {
		if (!isIncoming(call)) return false;
		if (side === 'client') return button === 'hangup' && this.hangup(call);
		if (!call.phones.includes(extension)) return false;
		if (button === 'answer') this.answer(call, extension);
		else if (button === 'busy') this.leave(call, extension, 'busy');
		else if (button === 'hangup') this.leave(call, extension, 'declined');
		else if (button === 'noanswer') this.leave(call, extension, 'unanswered');
		else return false;
		return true;
	}

	hangup(call: PbxCall): boolean {
		if (!isIncoming(call)) return false;
		if (call.by && call.answeredAt !== undefined) {
			this.end(call, {
				dialStatus: 'ANSWER',
				hangupCause: NORMAL_CLEARING,
				answeredSeconds: this.board.since(call, call.answeredAt),
			});
		} else if (call.phones.length > 0) this.end(call, { dialStatus: 'CANCEL', hangupCause: CALLER_GONE });
		else call.isGone = true;
		return true;
	}

	private async route(call: IncomingCall): Promise<void> {
		const url = this.global('B24_ASK_URL');
		// Nobody is to be found for a caller without a number.
		if (/\d/.test(call.number) && url)
			call.said = await curl(this.reporter, call.channelId, url, askBody(call), Number(this.global('B24_ASK_SECONDS')));
		const { callId, groups } = routingOf(call.said, this.global('B24_FALLBACK'));
		Object.assign(call, { callId, groups, rungFirst: groups[0]?.[0] ?? '' });
		await this.ringNext(call, { dialStatus: '', hangupCause: CALLER_GONE });
	}

	/** @param before how the call ends if nobody rings any more */
	private async ringNext(call: IncomingCall, before: IncomingEnd): Promise<void> {
		const group = call.groups.shift();
		if (group && !call.isGone) {
			call.rung.push(...group);
			await this.tell(call, ringingBody(call));
		}
		if (this.board.isStopped) return;
		// Also a caller who hung up while n8n was told: then Dial does not run.
		if (!group || call.isGone) return this.end(call, before);
		call.left = group.flatMap((extension) => this.cannotRing(extension) ?? []);
		call.phones = group.filter((extension) => this.cannotRing(extension) === undefined);
		this.board.recordings.set(call.channelId, 0);
		this.board.enter(call, 'employee');
		if (call.phones.length === 0) return await this.groupOver(call);
		this.board.note(call, `rings ${call.phones.join(', ')}`);
		this.board.after(call, Number(this.global('B24_GROUP_RING')), () => {
			for (const extension of call.phones) this.leave(call, extension, 'unanswered');
		});
	}

	private cannotRing(extension: string): LeftGroup | undefined {
		if (!this.board.options.isRegistered(extension)) return 'unregistered';
		return this.board.isEngaged(extension) ? 'busy' : undefined;
	}

	private leave(call: IncomingCall, extension: string, how: LeftGroup): void {
		call.phones = call.phones.filter((one) => one !== extension);
		call.left.push(how);
		this.board.note(call, `extension ${extension}: ${how}`);
		if (call.phones.length === 0) void this.groupOver(call);
		else this.board.changes.emit('change');
	}

	private async groupOver(call: IncomingCall): Promise<void> {
		await this.ringNext(call, unanswered(call.left));
	}

	private answer(call: IncomingCall, extension: string): void {
		this.board.note(call, `extension ${extension} answered`);
		call.by = extension;
		call.extension = extension;
		call.phones = [extension];
		call.answeredAt = this.board.now(call);
		take(this.board, call, extension);
		this.board.enter(call, 'talking');
		void this.tell(call, answeredBody(call));
	}

	/** Reports on a call that goes on. The one whom nobody asked about has no card that could change. */
	private async tell(call: IncomingCall, body: string): Promise<void> {
		const url = this.global('B24_INCOMING_URL');
		if (call.callId && url) await curl(this.reporter, call.channelId, url, body, TELL_SECONDS);
	}

	private end(call: IncomingCall, how: IncomingEnd): void {
		call.phones = [];
		endPart(this.board, call);
		if (call.by) this.board.recordings.set(call.channelId, how.answeredSeconds ?? 0);
		this.board.end(call, undefined, endWords(how));
		const url = this.global('B24_INCOMING_URL');
		// A call from outside is never dialled anew, so its report is always the newest.
		if (url)
			this.reporter.deliver(
				call,
				url,
				endedBody(call, how),
				() => true,
				() => undefined,
			);
	}

	private global(name: string): string {
		return this.board.options.globals[name] ?? '';
	}
}
