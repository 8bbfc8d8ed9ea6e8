/// One object with strings and keys of every style, and what `kubectl` prints for it. Recorded from kubectl 1.32.
enum WriterSample {
    static let json = ##"""
        {
         "apiVersion": "v1",
         "kind": "Probe",
         "metadata": {
          "labels": {
           "q": "w"
          },
          "name": "x"
         },
         "v": {
          "": 1,
          "1": 2,
          "10": 2,
          "9": 2,
          "B": 1,
          "_x": 1,
          "a-b": 1,
          "a.b": 1,
          "a10": 1,
          "a2": 1,
          "a: b": 1,
          "ab": 1,
          "b": 1,
          "key that is very long key that is very long key that is very long key that is very long key that is very long key that is very long key that is very long key that is very long": 1,
          "long": "aaaa bbbbb ccccc ddddd eeeeee ffffff gggggg hhhhhhhh iiiiii jjjjjj kkkkk lllll mmmmm nnnnnn ooooo pppppp qqqqq rrrrrr ssssss tttttt",
          "ml": "a\nb\n",
          "ml2": "  a\nb",
          "ml3": "a \nb\n\n",
          "ml4": "\na",
          "ml5": "a\tb\nc",
          "ml6": "a\n\n",
          "ml7": "\n",
          "ml8": "a\u0007\nb",
          "ml9": "é\nü\u2028x\n",
          "multi\nline": 1,
          "q1": "a: b",
          "q2": "a #b",
          "q3": "yes",
          "q4": " a",
          "q5": "a ",
          "q6": "é",
          "q7": "😀",
          "q8": "\t",
          "q9": "a\tb",
          "r1": "2001-01-01",
          "r2": "12:30:45",
          "r3": "",
          "r4": "- a",
          "r5": "-a",
          "r6": "?",
          "r7": "it's: x",
          "r9": "=",
          "s1": "<<",
          "s2": "a,b",
          "s3": "{a",
          "s4": "a:",
          "s5": "a\\b",
          "s6": "a\\\"b: ",
          "s8": "---",
          "s9": "--- a",
          "t1": [],
          "t2": {},
          "t3": [
           [
            1,
            2
           ],
           [
            {
             "a": 1,
             "b": [
              1
             ]
            }
           ],
           []
          ],
          "t4": 1.5e+300,
          "t5": 1e-06,
          "t6": 1e-07,
          "t7": 1.2345678901234568e+29,
          "t8": 100000000000000000000,
          "t9": [
           null,
           null,
           10000000000
          ],
          "true": 1,
          "u1": 1e+21,
          "u2": 12345678.5,
          "u3": "0b12",
          "u4": "1_000",
          "u5": "1:20.5",
          "u6": "a\rb",
          "u7": "%x",
          "u8": "@x",
          "u9": "`x",
          "w1": "!x",
          "w2": "&x",
          "w3": "*x",
          "w4": "|x",
          "w5": ">x",
          "w6": "\"x",
          "w7": "'x",
          "w8": ",x",
          "w9": "]x",
          "yes": 1
         }
        }
        """##

    static let yaml = ##"""
        apiVersion: v1
        kind: Probe
        metadata:
          labels:
            q: w
          name: x
        v:
          "": 1
          _x: 1
          "1": 2
          "9": 2
          "10": 2
          B: 1
          a-b: 1
          a.b: 1
          'a: b': 1
          a2: 1
          a10: 1
          ab: 1
          b: 1
          ? key that is very long key that is very long key that is very long key that is
            very long key that is very long key that is very long key that is very long key
            that is very long
          : 1
          long: aaaa bbbbb ccccc ddddd eeeeee ffffff gggggg hhhhhhhh iiiiii jjjjjj kkkkk lllll
            mmmmm nnnnnn ooooo pppppp qqqqq rrrrrr ssssss tttttt
          ml: |
            a
            b
          ml2: |2-
              a
            b
          ml3: "a \nb\n\n"
          ml4: |2-

            a
          ml5: "a\tb\nc"
          ml6: |+
            a

          ml7: |2+

          ml8: "a\a\nb"
          ml9: |
            é
            ü\##u{2028}    x
          ? |-
            multi
            line
          : 1
          q1: 'a: b'
          q2: 'a #b'
          q3: "yes"
          q4: ' a'
          q5: 'a '
          q6: é
          q7: "\U0001F600"
          q8: "\t"
          q9: "a\tb"
          r1: "2001-01-01"
          r2: "12:30:45"
          r3: ""
          r4: '- a'
          r5: -a
          r6: '?'
          r7: 'it''s: x'
          r9: =
          s1: <<
          s2: a,b
          s3: '{a'
          s4: 'a:'
          s5: a\b
          s6: 'a\"b: '
          s8: '---'
          s9: '--- a'
          t1: []
          t2: {}
          t3:
          - - 1
            - 2
          - - a: 1
              b:
              - 1
          - []
          t4: 1.5e+300
          t5: 1e-06
          t6: 1e-07
          t7: 1.2345678901234568e+29
          t8: 1e+20
          t9:
          - null
          - null
          - 10000000000
          "true": 1
          u1: 1e+21
          u2: 1.23456785e+07
          u3: 0b12
          u4: "1_000"
          u5: "1:20.5"
          u6: "a\rb"
          u7: '%x'
          u8: '@x'
          u9: '`x'
          w1: '!x'
          w2: '&x'
          w3: '*x'
          w4: '|x'
          w5: '>x'
          w6: '"x'
          w7: '''x'
          w8: ',x'
          w9: ']x'
          "yes": 1

        """##
}
