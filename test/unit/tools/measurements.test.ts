import { readBenchArguments, refuseUnknown } from '../../../bench/arguments';
import { readScaleArguments } from '../../scale/arguments';

describe('the bench', () => {
	it('takes all figures, or as told', () => {
		expect(readBenchArguments([])).toEqual({ quick: false, only: undefined });
		expect(readBenchArguments(['--quick', '--only=names,items'])).toEqual({ quick: true, only: ['names', 'items'] });
	});

	it.each(['--help', '--olny=names', '--only=', 'names'])('refuses %s before anything starts', (argument) => {
		expect(() => readBenchArguments([argument])).toThrow(/Known: --quick, and --only=/);
	});

	it('names its figures when one is asked for that does not exist', () => {
		expect(() => refuseUnknown(['items', 'nams'], ['names', 'items'])).toThrow(
			'There is no figure nams, only names, items.',
		);
		refuseUnknown(undefined, ['names']);
		refuseUnknown(['names'], ['names']);
	});
});

describe('the trials of queue mode', () => {
	it('send five clicks a second, or as told', () => {
		expect(readScaleArguments([])).toEqual({ rate: 5, write: false });
		expect(readScaleArguments(['--rate=10', '--write'])).toEqual({ rate: 10, write: true });
	});

	it.each(['--help', '--rate', '--rate=', '--rate=fast', '--rate=0', '--wirte'])('refuse %s', (argument) => {
		expect(() => readScaleArguments([argument])).toThrow(/--rate/);
	});
});
