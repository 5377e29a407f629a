import type { Failure } from '../../bitrix24/failure';
import { hintFor } from '../../bitrix24/hints';
import { withCode } from './failures';

/** What a method of Bitrix24 does: with what, and what becomes of it. */
type Deed = readonly [what: string, done: string];

/** By method in lower case: the documentation spells some in several ways. */
const DEEDS: Record<string, Deed> = {
	'crm.activity.binding.list': ['deals of the call', 'looked up'],
	'crm.activity.list': ['to-dos of the client', 'looked up'],
	'crm.activity.todo.add': ['follow-up', 'created'],
	'crm.activity.update': ['CRM activity', 'changed'],
	'crm.item.update': ['responsible employee', 'set'],
	'event.bind': ['address for events', 'bound'],
	'event.get': ['bound addresses', 'looked up'],
	'event.test': ['test event', 'sent'],
	'event.unbind': ['address for events', 'removed'],
	'telephony.call.attachtranscription': ['transcript', 'attached'],
	'telephony.externalcall.attachrecord': ['recording', 'attached'],
	'telephony.externalcall.finish': ['call', 'finished'],
	'telephony.externalcall.hide': ['card', 'hidden'],
	'telephony.externalcall.register': ['call', 'registered'],
	'telephony.externalcall.searchcrmentities': ['client', 'looked up'],
	'telephony.externalcall.show': ['card', 'shown'],
	'telephony.externalline.add': ['line', 'created'],
	'telephony.externalline.delete': ['line', 'deleted'],
	'telephony.externalline.get': ['list of lines', 'read'],
	'telephony.externalline.update': ['line', 'changed'],
	'user.get': ['employee', 'looked up'],
	'user.search': ['employee', 'looked up'],
	'voximplant.callback.start': ['callback', 'started'],
	'voximplant.infocall.startwithsound': ['sound call', 'started'],
	'voximplant.infocall.startwithtext': ['text call', 'started'],
	'voximplant.statistic.get': ['call history', 'read'],
};

/** What changes nothing. */
const READS = ['looked up', 'read'];

/**
 * Says what was done, in the order in which it was: “recording attached, call finished”.
 *
 * @param methods of Bitrix24; one without words is named as it is
 */
export function deedsInWords(methods: readonly string[]): string {
	return [...new Set(methods.map((method) => deedOf(method)?.join(' ') ?? method))].join(', ');
}

/** Says in a warning what was not done beside the rest, why, and what to do; without a stop at the end. */
export function undoneInWords(failure: Failure): string {
	const [what, done] = deedOf(failure.method) ?? ['rest', 'done'];
	const problem = `The ${what} ${/s( of .*)?$/.test(what) ? 'were' : 'was'} not ${done}`;
	const hint = hintFor(failure, READS.includes(done) ? 'read' : 'repeatable');
	// Some advice begins with the same words.
	const why = `${problem}: ${withCode(failure)}`.replace(/(?<![.!?])$/, '.');
	return `${why} ${hint.replace(`${problem}. `, '')}`.replace(/\.$/, '');
}

function deedOf(method: string): Deed | undefined {
	return DEEDS[method.toLowerCase()];
}
