const check = globalThis.sharedPackage('fast-check');
// A mutant asks whether a property fails, not for its smallest example.
check.configureGlobal({ endOnFailure: true });
module.exports = check;
