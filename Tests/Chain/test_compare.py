"""What the comparison must see, and what it must not mind."""

import unittest

from compare import Comparison, Names, form

HASH, OTHER = "0x" + "ab" * 32, "0x" + "cd" * 32


def differences(recorded, actual, names=None, **options):
    return Comparison(names or Names(), **options).run(recorded, actual)


class CompareTests(unittest.TestCase):
    def test_values(self):
        for recorded, actual in [
            ({"a": "0x1"}, {"a": "0x2"}), ({"a": "0x1"}, {}), ({}, {"a": "0x1"}), ({"a": "0x1"}, {"a": 1}),
            ({"a": None}, {"a": "0x0"}), ({"a": False}, {"a": None}), ([1], [1, 2]), ([], None), ("0x", "0x0"),
            ({"error": {"code": -32000, "message": "a"}}, {"error": {"code": -32000, "message": "b"}}),
            ({"error": {"code": 3}}, {"error": {"code": -32000}}), ({"result": {}}, {"error": {}}), (1, True), (0, False),
        ]:
            self.assertTrue(differences(recorded, actual), (recorded, actual))
            self.assertEqual(differences(recorded, recorded), [])

    def test_forms(self):
        self.assertEqual(differences({"timestamp": "0x65"}, {"timestamp": "0x66"}), [])
        self.assertTrue(differences({"timestamp": "0x65"}, {"timestamp": "0x"}))
        self.assertTrue(differences({"stateRoot": HASH}, {"stateRoot": "0x1"}))
        self.assertEqual(differences({"result": "0x1"}, {"result": "0x2"}, loose={"response.result"}), [])
        self.assertTrue(differences({"result": "0x1"}, {"result": 2}, loose={"response.result"}))
        self.assertEqual(differences([{"a": "0x1"}], [{"a": "0x2"}], loose={"response[*].a"}), [])
        self.assertEqual([form(text) for text in ("0x0", "0x01", "0x" + "0" * 40, "latest")],
                         ["quantity", "bytes", "20 bytes", "text"])

    def test_names_stand_for_one_thing(self):
        names = Names()
        self.assertEqual(differences({"blockHash": HASH}, {"blockHash": OTHER}, names), [])
        self.assertEqual(differences({"parentHash": HASH}, {"parentHash": OTHER}, names), [])
        self.assertTrue(differences({"blockHash": HASH}, {"blockHash": HASH}, names))
        self.assertTrue(differences({"blockHash": "0x" + "ef" * 32}, {"blockHash": OTHER}, names))
        self.assertEqual(names.translate([{"blockHash": HASH}, "latest"]), [{"blockHash": OTHER}, "latest"])

    def test_another_chain(self):
        self.assertEqual(differences({"a": "0x1", "b": [1]}, {"a": "0x2", "b": []}, exact=False), [])
        self.assertTrue(differences({"a": "0x1"}, {"a": 1}, exact=False))
        self.assertTrue(differences({"a": "0x1"}, {}, exact=False))


if __name__ == "__main__":
    unittest.main()
