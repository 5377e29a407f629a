import { unixTime } from '../../clock';
import type { Caller, Core } from '../../core';
import { accessDenied, TelephonyError } from '../../errors';
import { clientsByNumber } from '../../state/find';
import { hex } from '../../state/ids';
import type { Line, OrderedCall } from '../../state/model';
import { cast, method, type Method } from '../method';
import { VOICES } from './voices';

const facts = { scopes: ['telephony'], context: 'any', keys: 'exact' } as const;
/** [S] The service line that Bitrix24 lends for linking a number. */
const SERVICE_LINE = 'LINK_BASE_NUMBER';
const callFacts = {
	context: 'any',
	keys: 'exact',
	scopes: (switches: Core['switches']) => [switches.callbackScope],
} as const;

const callback = method({
	...callFacts,
	name: 'voximplant.callback.start',
	params: { FROM_LINE: cast.text, TO_NUMBER: cast.text, TEXT_TO_PRONOUNCE: cast.text, VOICE: cast.text },
	run({ core, caller, params, connector }) {
		requireOutgoing(caller);
		const line = core.state.lines.find((candidate) => candidate.number === params.FROM_LINE);
		if (!line) requireBuiltInLine(core, params.FROM_LINE, 'Could not find line');
		const number = requireNumber(params.TO_NUMBER);
		const voice = params.VOICE === '' ? 'ukenglishfemale' : params.VOICE;
		const callId = line ? null : `callback.${hex(32)}.${unixTime(core.clock)}`;
		note(core, {
			callId,
			kind: 'callback',
			line: params.FROM_LINE,
			phoneNumber: number,
			text: params.TEXT_TO_PRONOUNCE,
			voice,
			url: '',
		});
		if (line) orderCallback(core, caller, line, number, params.TEXT_TO_PRONOUNCE, voice, connector);
		return { RESULT: true, CALL_ID: callId };
	},
});

const infocallText = method({
	...callFacts,
	name: 'voximplant.infocall.startwithtext',
	params: { FROM_LINE: cast.text, TO_NUMBER: cast.text, TEXT_TO_PRONOUNCE: cast.text, VOICE: cast.text },
	run: ({ core, caller, params }) =>
		infocall(core, caller, {
			line: params.FROM_LINE,
			number: params.TO_NUMBER,
			text: params.TEXT_TO_PRONOUNCE,
			voice: params.VOICE,
			url: '',
		}),
});

const infocallSound = method({
	...callFacts,
	name: 'voximplant.infocall.startwithsound',
	params: { FROM_LINE: cast.text, TO_NUMBER: cast.text, URL: cast.text },
	run: ({ core, caller, params }) =>
		infocall(core, caller, { line: params.FROM_LINE, number: params.TO_NUMBER, text: '', voice: '', url: params.URL }),
});

const voices = method({ ...facts, name: 'voximplant.tts.voices.get', params: {}, run: () => ({ ...VOICES }) });

const lineGet = method({
	...facts,
	name: 'voximplant.line.get',
	params: {},
	run({ core, caller }) {
		if (!caller.employee.rights.manageNumbers) throw accessDenied();
		return { ...core.state.settings.builtInLines };
	},
});

/** Built-in telephony, as far as the sandbox has it. [DS api-reference/telephony/voximplant/*.md; S vi_rest.php] */
export const voximplantMethods: readonly Method[] = [callback, infocallText, infocallSound, voices, lineGet];

function infocall(
	core: Core,
	caller: Caller,
	wanted: { line: string; number: string; text: string; voice: string; url: string },
): { RESULT: boolean; CALL_ID: string } {
	requireOutgoing(caller);
	if (wanted.line === SERVICE_LINE) throw new TelephonyError(`Making infocall using ${SERVICE_LINE} is not allowed`);
	requireBuiltInLine(core, wanted.line, 'Could not find config for number');
	if (core.state.settings.infocallLimitReached) throw new TelephonyError('Infocall limit for this month is exceeded');
	const phoneNumber = requireNumber(wanted.number);
	if (core.state.settings.infocallProviderRefuses) throw new TelephonyError('Infocall failure');
	const callId = `infocall.${hex(32)}.${unixTime(core.clock)}`;
	note(core, {
		callId,
		kind: 'infocall',
		line: wanted.line,
		phoneNumber,
		text: wanted.text,
		voice: wanted.voice,
		url: wanted.url,
	});
	return { RESULT: true, CALL_ID: callId };
}

/**
 * A line of an application makes the portal ask that application for the callback. The event has no CALL_ID.
 * [DS on-external-call-back-start.md]
 */
export function orderCallback(
	core: Core,
	caller: Pick<Caller, 'employee' | 'token'>,
	line: Line,
	phoneNumber: string,
	text: string,
	voice: string,
	connector: string,
): void {
	const client = clientsByNumber(core.state, phoneNumber)[0];
	core.events.fire({
		event: 'ONEXTERNALCALLBACKSTART',
		userId: caller.employee.id,
		onlyApplication: line.applicationId,
		hops: caller.token?.hops ?? 0,
		connector,
		data: {
			PHONE_NUMBER: phoneNumber,
			TEXT: text,
			VOICE: voice,
			CRM_ENTITY_TYPE: client?.type ?? '',
			CRM_ENTITY_ID: client?.id ?? 0,
			LINE_NUMBER: line.number,
		},
	});
}

function requireOutgoing(caller: Caller): void {
	if (!caller.employee.rights.outgoingCall) throw accessDenied();
}

function requireBuiltInLine(core: Core, line: string, text: string): void {
	if (!Object.hasOwn(core.state.settings.builtInLines, line)) throw new TelephonyError(`${text} ${line}`);
	if (core.state.settings.linesWithoutSettings.includes(line))
		throw new TelephonyError(`Could not find config for number ${line}`);
}

function requireNumber(sent: string): string {
	const number = sent.replace(/[^\d+]/g, '');
	if (number.replace(/\D/g, '').length < 3) throw new TelephonyError('Phone number is not correct');
	return number;
}

function note(core: Core, call: OrderedCall): void {
	core.state.orderedCalls.push(call);
	core.changes.tell('orderedCall', 'added', { kindOfCall: call.kind, phoneNumber: call.phoneNumber });
}
